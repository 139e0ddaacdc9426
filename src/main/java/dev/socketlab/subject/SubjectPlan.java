package dev.socketlab.subject;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a subject is to be, wherever it runs: a {@link SubjectBuilder} or a container's.
 *
 * {@snippet :
 * SubjectPlan plan =
 *     onDocker
 *         ? lab.container("redis:8").port(6379)
 *         : lab.command("redis-server", "--port", "{port}");
 * Subject redis = plan.start();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
public interface SubjectPlan {

  /**
   * Runs the subject as the child of another command that stays, as a tracer does: the subject's
   * {@link Subject#pid()} is then the child's, stopping it signals the child, and the subject has
   * ended when its parent has.
   *
   * @param command for instance {@code strace -f -c -o FILE}; it must end when its child does
   * @return this
   */
  SubjectPlan childOf(String... command);

  /**
   * Names a file that the subject or its parent command writes. Wherever that runs, the file is at
   * this path there, and on this machine after the subject has been stopped.
   *
   * @param file an absolute path, whose file exists and is empty
   * @return this
   */
  SubjectPlan writes(Path file);

  /**
   * Starts the subject and waits until it is ready.
   *
   * @return the running subject
   * @throws SubjectException if it cannot be started, ends early, or is not ready in time
   */
  Subject start();

  /**
   * Starts the subject and does not wait, so that several can start at the same time.
   *
   * @return the subject; call its {@link Subject#awaitReady} before anything else
   * @throws SubjectException if it cannot be started
   */
  Subject launch();
}
