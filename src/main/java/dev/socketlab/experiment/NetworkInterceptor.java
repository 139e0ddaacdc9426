package dev.socketlab.experiment;

import dev.socketlab.place.PrivateNetworkThread;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs every method of an experiment in its private network, where it has one. */
final class NetworkInterceptor implements InvocationInterceptor {

  NetworkInterceptor() {}

  @Override
  public <T> @Nullable T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> target,
      ExtensionContext context)
      throws Throwable {
    return inNetwork(invocation, context);
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    inNetwork(invocation, context);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    inNetwork(invocation, context);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    inNetwork(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    inNetwork(invocation, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    inNetwork(invocation, context);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> target,
      ExtensionContext context)
      throws Throwable {
    inNetwork(invocation, context);
  }

  /** Runs on the thread in the private network where the run has one. */
  private static <T> @Nullable T inNetwork(Invocation<T> invocation, ExtensionContext context)
      throws Throwable {
    Optional<PrivateNetworkThread> network =
        ExperimentRun.find(context).flatMap(ExperimentRun::network);
    if (network.isEmpty()) {
      return invocation.proceed();
    }
    if (network.get().isStuck()) {
      invocation.skip(); // a trial hangs in there; the run is invalid already
      return null;
    }
    return network
        .get()
        .call(() -> {
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
