package dev.socketlab.experiments.profile;

import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Runs {@code profile-io} from an IDE. Maven runs the experiment itself, not its suite. */
@Suite
@SelectClasses(ProfileIoExperiment.class)
@IncludeTags("profile-io")
class ProfileIoSuite {}
