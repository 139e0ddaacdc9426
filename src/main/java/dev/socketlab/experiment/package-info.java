/**
 * What a user writes against: experiments, factors, trials, parameters and the lab that runs them.
 * Knows JUnit; how a subject is placed or a counter is read belongs to other packages.
 */
@NullMarked
package dev.socketlab.experiment;

import org.jspecify.annotations.NullMarked;
