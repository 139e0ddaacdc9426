package dev.socketlab.network.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was changed on one host, and how to take it back. Used by one thread at a time. */
public final class Changes {
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Set<String> names = new LinkedHashSet<>();

  public void add(String name, Runnable takeBack) {
    names.add(name);
    undo.push(takeBack);
  }

  /** All that there ever were, in the order in which they were first made, each once. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** How many there are now, for {@link #undoTo}. */
  public int mark() {
    return undo.size();
  }

  /** Takes back what was changed since the mark, the last change first. */
  public void undoTo(int mark) {
    RuntimeException failure = null;
    while (undo.size() > mark) {
      try {
        undo.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
