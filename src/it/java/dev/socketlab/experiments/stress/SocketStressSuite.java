package dev.socketlab.experiments.stress;

import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Runs {@code socket-stress} from an IDE. Maven runs the experiment itself, not its suite. */
@Suite
@SelectClasses(SocketStressExperiment.class)
@IncludeTags("socket-stress")
class SocketStressSuite {}
