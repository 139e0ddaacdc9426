package dev.socketlab.assertion;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.probe.Ledger;
import dev.socketlab.probe.TcpBooks;
import dev.socketlab.probe.UdpBooks;
import dev.socketlab.trace.SyscallMix;

/**
 * The entry to the assertions of mechanisms. Import its {@code assertThat} beside AssertJ's own;
 * the two do not collide.
 *
 * <pre>{@code
 * import static dev.socketlab.assertion.LabAssertions.assertThat;
 *
 * assertThat(books).balance();
 * }</pre>
 */
public final class LabAssertions {

  private LabAssertions() {}

  /**
   * Asserts about the books of a burst of datagrams.
   *
   * @param books the books
   * @return the assertions
   */
  public static UdpBooksAssert assertThat(UdpBooks books) {
    return new UdpBooksAssert(books);
  }

  /**
   * Asserts about the books of TCP sessions.
   *
   * @param books the books
   * @return the assertions
   */
  public static TcpBooksAssert assertThat(TcpBooks books) {
    return new TcpBooksAssert(books);
  }

  /**
   * Asserts about a ledger.
   *
   * @param ledger the ledger
   * @return the assertions
   */
  public static LedgerAssert assertThat(Ledger ledger) {
    return new LedgerAssert(ledger);
  }

  /**
   * Asserts about the system calls of a subject.
   *
   * @param mix what was counted
   * @return the assertions
   */
  public static SyscallMixAssert assertThat(SyscallMix mix) {
    return new SyscallMixAssert(mix);
  }

  /**
   * Asserts about the artifact of a run.
   *
   * @param artifact the artifact
   * @return the assertions
   */
  public static ArtifactAssert assertThat(Artifact artifact) {
    return new ArtifactAssert(artifact);
  }
}
