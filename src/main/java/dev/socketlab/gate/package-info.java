/**
 * What an experiment needs before it may run: annotations that declare a need, detectors that look
 * at the machine and give a reason, and the ledger of gates that a run ends with. Nothing here
 * starts a subject or measures anything.
 */
@NullMarked
package dev.socketlab.gate;

import org.jspecify.annotations.NullMarked;
