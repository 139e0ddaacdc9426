/**
 * The experiment {@code profile-io}: where the gateway's time goes, and what it asks of the kernel.
 */
@NullMarked
package dev.socketlab.experiments.profile;

import org.jspecify.annotations.NullMarked;
