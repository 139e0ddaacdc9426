package dev.socketlab.assertion;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.ledger.TcpLedger;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.trace.SyscallMix;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The entry to the assertions of mechanisms. Import its {@code assertThat} beside AssertJ's own;
 * the two do not collide.
 *
 * {@snippet :
 * import static dev.socketlab.assertion.LabAssertions.assertThat;
 *
 * assertThat(udpLedger).balance();
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class LabAssertions {

  private LabAssertions() {}

  /**
   * Asserts about the ledger of a burst of datagrams.
   *
   * @param ledger the ledger
   * @return the assertions
   */
  public static UdpLedgerAssert assertThat(UdpLedger ledger) {
    return new UdpLedgerAssert(ledger);
  }

  /**
   * Asserts about the ledger of TCP sessions.
   *
   * @param ledger the ledger
   * @return the assertions
   */
  public static TcpLedgerAssert assertThat(TcpLedger ledger) {
    return new TcpLedgerAssert(ledger);
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
