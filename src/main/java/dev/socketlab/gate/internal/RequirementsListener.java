package dev.socketlab.gate.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Says in one line that Java or JUnit is too old for this jar, before a class of it cannot be
 * loaded, or that there are too few file descriptors; where all is well, listens for the table of
 * gates. JUnit finds this listener through the service loader, ahead of every other class of the
 * jar, so it alone is compiled for Java 11.
 *
 * {@snippet lang="text" :
 * socketlab needs Java 25 or newer, and this JVM is Java 17 (/usr/lib/jvm/java-17): ...
 * }
 */
public final class RequirementsListener implements LauncherSessionListener {

  private static final int JAVA = 25;
  private static final String JUNIT = "5.14";

  /** What jars that are loaded later, the pipes of subjects, probes and a small load take. */
  private static final int DESCRIPTORS = 256;

  private static final int ENOUGH = 4_096;
  private static final Pattern LIMIT =
      Pattern.compile("^Max open files +(\\d+) ", Pattern.MULTILINE);

  // Came with JUnit 5.14.
  private static final String MEDIA_TYPE = "org.junit.jupiter.api.MediaType";
  private static final String PAGE =
      "https://github.com/socketlab/socketlab/blob/main/docs/older-java.md";

  private @Nullable LauncherSessionListener gates;

  /** Called by the service loader. */
  public RequirementsListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    require(complaintOfJava(Runtime.version().feature(), System.getProperty("java.home", "")));
    require(
        complaintOfJUnit(
            RequirementsListener.class.getClassLoader(),
            LauncherSession.class.getPackage().getImplementationVersion()));
    require(complaintOfDescriptors(Path.of("/proc/self")));
    gates = new GateRunListener();
    gates.launcherSessionOpened(session);
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (gates != null) {
      gates.launcherSessionClosed(session);
    }
  }

  static @Nullable String complaintOfJava(int feature, String home) {
    return feature >= JAVA
        ? null
        : "socketlab needs Java "
            + JAVA
            + " or newer, and this JVM is Java "
            + feature
            + " ("
            + home
            + "): run these tests on a JDK "
            + JAVA
            + ", in a module of their own if the rest of the"
            + " build has to stay; "
            + PAGE
            + " shows how";
  }

  static @Nullable String complaintOfJUnit(ClassLoader classPath, @Nullable String platform) {
    try {
      Class.forName(MEDIA_TYPE, false, classPath);
      return null;
    } catch (ClassNotFoundException tooOld) {
      return "socketlab needs JUnit "
          + JUNIT
          + " or newer (5 or 6), and the class path has an older"
          + " one (JUnit Platform "
          + platform
          + "): import org.junit:junit-bom "
          + JUNIT
          + " or newer"
          + " in dependencyManagement, before every other BOM";
    }
  }

  /** Where there is no /proc, or it is not read, nothing is known and nothing is said. */
  static @Nullable String complaintOfDescriptors(Path process) {
    String[] open = process.resolve("fd").toFile().list();
    try {
      Matcher limit = LIMIT.matcher(Files.readString(process.resolve("limits")));
      if (open == null || !limit.find()) {
        return null;
      }
      long most = Long.parseLong(limit.group(1));
      return most - open.length >= DESCRIPTORS
          ? null
          : "socketlab needs "
              + DESCRIPTORS
              + " file descriptors, and this JVM has "
              + Math.max(0, most - open.length)
              + " left ("
              + open.length
              + " of "
              + most
              + " are open): raise the limit before the run, ulimit -n "
              + ENOUGH
              + ", or in a container --ulimit nofile="
              + ENOUGH;
    } catch (IOException unknown) {
      return null;
    }
  }

  private static void require(@Nullable String complaint) {
    if (complaint != null) {
      throw new UnfitException(complaint);
    }
  }

  /** One line is all that there is to say. */
  private static final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message, null, false, false);
    }
  }
}
