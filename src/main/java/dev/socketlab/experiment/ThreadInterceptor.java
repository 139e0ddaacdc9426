package dev.socketlab.experiment;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs every method of an experiment on a thread of its own, which is in the private network where
 * the run has one, and for as long as its deadline allows.
 */
final class ThreadInterceptor implements InvocationInterceptor {

  ThreadInterceptor() {}

  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> target,
      ExtensionContext context)
      throws Throwable {
    // Nothing can be stuck yet, so the constructor is called.
    return Objects.requireNonNull(onItsThread(invocation, context));
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    onItsThread(invocation, context);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    onItsThread(invocation, context);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    onItsThread(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    onItsThread(invocation, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    onItsThread(invocation, context);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    onItsThread(invocation, context);
  }

  /** Runs on the experiment's thread, which is in the private network where the run has one. */
  private static <T> @Nullable T onItsThread(Invocation<T> invocation, ExtensionContext context)
      throws Throwable {
    Optional<ExperimentRun> run = ExperimentRun.find(context);
    if (run.isEmpty()) {
      return invocation.proceed();
    }
    if (run.get().thread().isStuck()) {
      invocation.skip(); // a method hangs in there; the run is invalid already
      return null;
    }
    return Deadline.<@Nullable T>call(
        run.get(),
        context,
        () -> {
          try {
            return invocation.proceed();
          } catch (Exception | Error failure) {
            throw failure;
          } catch (Throwable failure) {
            throw new IllegalStateException(failure);
          }
        });
  }
}
