package dev.socketlab.trace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * System calls that do the same for a socket; which of them a program makes depends on its
 * libraries.
 *
 * {@snippet :
 * assertThat(mix).callsPerOperation(SyscallFamily.READ).isEqualTo(1); // read, recvfrom, …
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum SyscallFamily {
  /** Takes a connection from the accept queue. */
  ACCEPT("accept", "accept4"),
  /** Reads from a socket or a file. */
  READ("read", "readv", "recvfrom", "recvmsg", "recvmmsg"),
  /** Writes to a socket or a file. */
  WRITE("write", "writev", "sendto", "sendmsg", "sendmmsg"),
  /** Closes a descriptor. */
  CLOSE("close");

  @SuppressWarnings("ImmutableEnumChecker") // a list made by List.of is
  private final List<String> members;

  SyscallFamily(String... members) {
    this.members = List.of(members);
  }

  /**
   * List the calls.
   *
   * @return the kernel's names
   */
  public List<String> members() {
    return members;
  }

  /**
   * Find the family of a call.
   *
   * @param name the kernel's name
   * @return its family, if it has one
   */
  public static Optional<SyscallFamily> of(String name) {
    return Stream.of(values()).filter(family -> family.members.contains(name)).findFirst();
  }
}
