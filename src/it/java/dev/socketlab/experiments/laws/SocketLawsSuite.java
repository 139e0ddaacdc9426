package dev.socketlab.experiments.laws;

import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Runs {@code socket-laws} from an IDE. Maven runs the experiments themselves, not their suite. */
@Suite
@SelectClasses({AcceptQueueExperiment.class, LinkLossExperiment.class})
@IncludeTags("socket-laws")
class SocketLawsSuite {}
