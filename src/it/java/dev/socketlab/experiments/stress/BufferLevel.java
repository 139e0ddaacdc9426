package dev.socketlab.experiments.stress;

/**
 * A level of the factor "receive buffer".
 *
 * @param setting its name in the tables
 * @param requestedBytes SO_RCVBUF asked for; 0 leaves the system's default
 */
record BufferLevel(String setting, int requestedBytes) {

  /** The name, as it stands in the name of a trial. */
  @Override
  public String toString() {
    return setting;
  }
}
