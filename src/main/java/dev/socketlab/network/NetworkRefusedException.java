package dev.socketlab.network;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * This machine does not give what a private network, a link or a fault on it needs: the kernel
 * refused it, or the tool is missing. The message says what stands in the way. What is thrown for
 * any other reason is a defect and closes no gate.
 *
 * {@snippet :
 * try (TwoHosts hosts = TwoHosts.open()) {
 *   LinkFault loss = hosts.peer().dropEvery(10, Traffic.UDP);
 * } catch (NetworkRefusedException refusal) {
 *   System.out.println("no link here: " + refusal.getMessage());
 * }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class NetworkRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Made by the framework.
   *
   * @param message what stands in the way
   */
  public NetworkRefusedException(String message) {
    super(message);
  }

  /**
   * Made by the framework.
   *
   * @param message what stands in the way
   * @param cause why
   */
  public NetworkRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
