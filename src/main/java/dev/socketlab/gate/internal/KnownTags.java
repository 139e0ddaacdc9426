package dev.socketlab.gate.internal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Finds the tags that a run could have selected, to help a user who misspelt one. */
final class KnownTags {

  /** A nested class is a fixture more often than a test that one would select. */
  private static final String TOP_LEVEL = "[^$]*";

  private KnownTags() {}

  /** The tags of all test classes in the folders of the class path. */
  static Set<String> onTheClassPath() {
    Set<Path> folders =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::isDirectory)
            .collect(Collectors.toSet());
    TestPlan plan =
        LauncherFactory.create(onlyDiscovery())
            .discover(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClasspathRoots(folders))
                    .filters(
                        EngineFilter.includeEngines("junit-jupiter"),
                        ClassNameFilter.includeClassNamePatterns(TOP_LEVEL))
                    .build());
    Set<String> tags = new TreeSet<>();
    for (TestIdentifier root : plan.getRoots()) {
      plan.getDescendants(root).stream()
          .flatMap(test -> test.getTags().stream())
          .map(TestTag::getName)
          .forEach(tags::add);
    }
    return tags;
  }

  private static LauncherConfig onlyDiscovery() {
    return LauncherConfig.builder()
        .enableLauncherSessionListenerAutoRegistration(false)
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .enableTestExecutionListenerAutoRegistration(false)
        .build();
  }
}
