package dev.socketlab.experiments;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Runs every experiment from an IDE. Maven runs the experiments themselves, not their suites. */
@Suite
@SelectPackages("dev.socketlab.experiments")
@IncludeClassNamePatterns(".*Experiment")
class AllExperimentsSuite {}
