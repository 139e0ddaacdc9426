package dev.socketlab.gate.internal;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Says in one line that Java or JUnit is too old for this jar, before a class of it cannot be
 * loaded; where they are not, listens for the table of gates. JUnit finds this listener through the
 * service loader, ahead of every other class of the jar, so it alone is compiled for Java 11.
 *
 * {@snippet lang="text" :
 * socketlab needs Java 25 or newer, and this JVM is Java 17 (/usr/lib/jvm/java-17): ...
 * }
 */
public final class RequirementsListener implements LauncherSessionListener {

  private static final int JAVA = 25;
  private static final String JUNIT = "5.14";
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

  private static void require(@Nullable String complaint) {
    if (complaint != null) {
      throw new TooOldException(complaint);
    }
  }

  /** One line is all that there is to say. */
  private static final class TooOldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooOldException(String message) {
      super(message, null, false, false);
    }
  }
}
