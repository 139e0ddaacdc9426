package dev.socketlab.experiment;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * Runs the methods of an experiment in {@link ExperimentMethods#ORDER_OF_LIFE}. It is an
 * OrderAnnotation because JUnit calls {@code @Order} ineffective under any other orderer.
 */
final class LifeOfAnExperiment extends MethodOrderer.OrderAnnotation {

  LifeOfAnExperiment() {}

  @Override
  public void orderMethods(MethodOrdererContext context) {
    context
        .getMethodDescriptors()
        .sort(Comparator.comparing(MethodDescriptor::getMethod, ExperimentMethods.ORDER_OF_LIFE));
  }
}
