/**
 * AssertJ assertions of mechanisms: their failure messages show the whole ledger, line by line, and
 * where it is off. What is asserted is counted elsewhere.
 */
@NullMarked
package dev.socketlab.assertion;

import org.jspecify.annotations.NullMarked;
