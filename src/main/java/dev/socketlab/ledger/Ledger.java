package dev.socketlab.ledger;

import dev.socketlab.internal.text.TextGrid;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ProtocolCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A ledger of counted things: accounts, each with the place its figure came from, and equations
 * that must hold between them. Its {@linkplain #toString() text} shows every account and every
 * equation with both sides evaluated, fit for an assertion message or an artifact.
 *
 * <p>A figure that was not available is an <em>absent</em> account with a reason, never a 0. An
 * equation over an absent account cannot be evaluated: such a ledger is {@link
 * Verdict#UNDETERMINED}, they do not balance.
 *
 * {@snippet :
 * Ledger ledger = Ledger.titled("burst of 100 datagrams")
 *     .account("published", 100, "publisher")
 *     .account("received", 4, "subscriber")
 *     .account("socket drops", 96, "net/udp drops")
 *     .equation("every datagram is accounted for", "published", "received", "socket drops")
 *     .build();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Ledger {
  /** How an equation, or all of them together, came out. */
  public enum Verdict {
    /** Every equation was evaluated and both sides are equal. */
    BALANCED,
    /** At least one equation has unequal sides. */
    OFF,
    /** No equation is off, but at least one could not be evaluated, or there is none. */
    UNDETERMINED
  }

  /**
   * One account.
   *
   * @param name what is counted
   * @param value how many; empty when it was not available
   * @param origin where the figure came from, or why there is none
   */
  public record Account(String name, OptionalLong value, String origin) {}

  /**
   * One equation with its sides evaluated.
   *
   * @param name what it says, in words
   * @param left the account that must equal the sum
   * @param right the accounts that are summed
   */
  public record Equation(String name, Account left, List<Account> right) {

    @SuppressWarnings("doclint:missing")
    public Equation {
      right = List.copyOf(right);
    }

    /**
     * Compare the sides.
     *
     * @return left minus the sum of the right; 0 when balanced, empty when an account is absent
     * @throws ArithmeticException if the sum or the difference does not fit 64 bits
     */
    public OptionalLong offBy() {
      if (left.value().isEmpty() || right.stream().anyMatch(term -> term.value().isEmpty())) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(Math.subtractExact(left.value().getAsLong(), sumOfRight()));
    }

    /**
     * Judge the equation.
     *
     * @return whether it holds, fails, or cannot be evaluated
     */
    public Verdict verdict() {
      OptionalLong offBy = offBy();
      if (offBy.isEmpty()) {
        return Verdict.UNDETERMINED;
      }
      return offBy.getAsLong() == 0 ? Verdict.BALANCED : Verdict.OFF;
    }

    private long sumOfRight() {
      return right.stream().mapToLong(term -> term.value().orElseThrow()).reduce(0, Math::addExact);
    }

    /**
     * Show the equation in names and in figures.
     *
     * @return two lines without a line end after the second
     */
    @Override
    public String toString() {
      String names = left.name() + " = " + joined(right.stream().map(Account::name).toList());
      String figures = figure(left) + " = " + joined(right.stream().map(Ledger::figure).toList());
      return name + ": " + names + "\n    " + figures + ": " + conclusion();
    }

    private String conclusion() {
      return switch (verdict()) {
        case BALANCED -> "balanced";
        case OFF ->
            "off by %+d (the right side is %d)".formatted(offBy().orElseThrow(), sumOfRight());
        case UNDETERMINED -> "cannot be evaluated";
      };
    }

    private static String joined(List<String> terms) {
      return String.join(" + ", terms);
    }
  }

  private final String title;
  private final List<Account> accounts;
  private final List<Equation> equations;

  private Ledger(String title, List<Account> accounts, List<Equation> equations) {
    this.title = title;
    this.accounts = accounts;
    this.equations = equations;
  }

  /**
   * Open a new ledger.
   *
   * @param title what they are about
   * @return an empty builder
   */
  public static Builder titled(String title) {
    return new Builder(title);
  }

  /**
   * Tell whether the ledger balances.
   *
   * @return true only if there is an equation, every one could be evaluated, and every one holds
   */
  public boolean balances() {
    return verdict() == Verdict.BALANCED;
  }

  /**
   * Judge the ledger as a whole.
   *
   * @return {@link Verdict#OFF} if any equation is off, else {@link Verdict#UNDETERMINED} if any
   *     could not be evaluated or there is none, else {@link Verdict#BALANCED}
   */
  public Verdict verdict() {
    if (!imbalances().isEmpty()) {
      return Verdict.OFF;
    }
    boolean allHold =
        equations.stream().allMatch(equation -> equation.verdict() == Verdict.BALANCED);
    return allHold && !equations.isEmpty() ? Verdict.BALANCED : Verdict.UNDETERMINED;
  }

  /**
   * List the equations that do not hold.
   *
   * @return those with unequal sides, in the order they were stated
   */
  public List<Equation> imbalances() {
    return equations.stream().filter(equation -> equation.verdict() == Verdict.OFF).toList();
  }

  /**
   * Look up an account.
   *
   * @param name the name it was entered under
   * @return the account
   * @throws IllegalArgumentException if there is none of that name
   */
  public Account account(String name) {
    return accounts.stream()
        .filter(account -> account.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no such account: name=%s, known=%s"
                    .formatted(name, accounts.stream().map(Account::name).toList())));
  }

  /**
   * Name the ledger.
   *
   * @return the title
   */
  public String title() {
    return title;
  }

  /**
   * List the accounts.
   *
   * @return all of them, in the order they were entered
   */
  public List<Account> accounts() {
    return accounts;
  }

  /**
   * List the equations.
   *
   * @return all of them, in the order they were stated
   */
  public List<Equation> equations() {
    return equations;
  }

  /**
   * Show the whole ledger: the title, each account with its origin, each equation with both sides,
   * the verdict.
   *
   * @return several lines, each ended by a line feed
   */
  @Override
  public String toString() {
    List<List<String>> rows =
        accounts.stream()
            .map(account -> List.of(account.name(), figure(account), account.origin()))
            .toList();
    StringBuilder text = new StringBuilder(title).append('\n');
    TextGrid.align(TextGrid.INDENT, rows, Set.of(1))
        .forEach(line -> text.append(line).append('\n'));
    equations.forEach(equation -> text.append("  ").append(equation).append('\n'));
    return text.append("  verdict: ").append(verdict()).append('\n').toString();
  }

  private static String figure(Account account) {
    return account.value().isPresent() ? Long.toString(account.value().getAsLong()) : "absent";
  }

  /** Enter accounts and state equations. Not for use by several threads. */
  public static final class Builder {
    private final String title;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Equation> equations = new ArrayList<>();

    private Builder(String title) {
      this.title = title;
    }

    /**
     * Enter a figure.
     *
     * @param name what is counted; one account per name
     * @param value how many
     * @param origin where the figure came from
     * @return this builder
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder account(String name, long value, String origin) {
      return account(name, OptionalLong.of(value), origin);
    }

    /**
     * Enter an account whose figure was not available.
     *
     * @param name what would be counted; one account per name
     * @param reason why there is no figure
     * @return this builder
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder absent(String name, String reason) {
      return account(name, OptionalLong.empty(), reason);
    }

    /**
     * Enter an account that may be absent.
     *
     * @param name what is counted; one account per name
     * @param value how many; empty when it was not available
     * @param origin where the figure came from, or why there is none
     * @return this builder
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder account(String name, OptionalLong value, String origin) {
      if (accounts.putIfAbsent(name, new Account(name, value, origin)) != null) {
        throw new IllegalArgumentException("an account of that name exists: name=" + name);
      }
      return this;
    }

    /**
     * State that one account equals the sum of others.
     *
     * @param name what the equation says, in words
     * @param left name of an account entered before
     * @param right names of accounts entered before, at least one
     * @return this builder
     * @throws IllegalArgumentException if an account was not entered, or the right side is empty
     */
    public Builder equation(String name, String left, String... right) {
      if (right.length == 0) {
        throw new IllegalArgumentException("an equation needs a right side: equation=" + name);
      }
      List<Account> terms = Arrays.stream(right).map(this::entered).toList();
      equations.add(new Equation(name, entered(left), terms));
      return this;
    }

    /**
     * State that an account has a fixed value, for instance that nothing was retransmitted.
     *
     * @param name what the equation says, in words
     * @param account name of an account entered before
     * @param value what it must be
     * @return this builder
     * @throws IllegalArgumentException if the account was not entered
     */
    public Builder expect(String name, String account, long value) {
      Account constant = new Account(Long.toString(value), OptionalLong.of(value), "stated");
      equations.add(new Equation(name, entered(account), List.of(constant)));
      return this;
    }

    /**
     * Enter a kernel counter under its own name, with the file that it is read from as its origin.
     *
     * @param deltas what the kernel counted
     * @param group as the kernel names it, for instance {@code TcpExt}
     * @param name as the kernel names it, for instance {@code ListenOverflows}
     * @return this builder
     * @throws IllegalArgumentException if the name is taken
     * @throws ProbeException if there is no such counter
     */
    public Builder counter(ProtocolCounters.Deltas deltas, String group, String name) {
      String origin = ProtocolCounters.file(group) + " " + group + " " + name;
      return account(name, deltas.value(group, name), origin);
    }

    private Account entered(String name) {
      Account account = accounts.get(name);
      if (account == null) {
        throw new IllegalArgumentException(
            "no such account: name=%s, known=%s".formatted(name, accounts.keySet()));
      }
      return account;
    }

    /**
     * Close the ledger.
     *
     * @return the ledger
     */
    public Ledger build() {
      return new Ledger(
          title,
          Collections.unmodifiableList(new ArrayList<>(accounts.values())),
          List.copyOf(equations));
    }
  }
}
