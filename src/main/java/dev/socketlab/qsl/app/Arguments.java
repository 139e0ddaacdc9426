package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.TransportKind;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Builds the description of a subcommand's arguments; positions count up from 0. */
final class Arguments {
  private final CommandSpec spec;

  Arguments(String name, String description) {
    spec = CommandSpec.create().name("qsl " + name);
    spec.usageMessage().description(description).abbreviateSynopsis(false);
    // A negative number is then a bad value of its parameter and not an unknown option.
    spec.parser().unmatchedOptionsArePositionalParams(true);
    spec.addOption(
        OptionSpec.builder("--help")
            .usageHelp(true)
            .type(boolean.class)
            .description("Print this text.")
            .build());
  }

  Arguments required(String label, DecimalConverter converter, String description) {
    return positional(label, true, converter, description);
  }

  Arguments optional(String label, DecimalConverter converter, String description) {
    return positional(label, false, converter, description);
  }

  Arguments option(String name, String label, DecimalConverter converter, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .type(Long.class)
            .converters(converter)
            .description(description + " Allowed: " + converter.allowed() + ".")
            .build());
    return this;
  }

  Arguments transport(String name, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel("<transport>")
            .type(TransportKind.class)
            .converters(new TransportConverter())
            .description(description + " Allowed: " + TransportKind.labels() + ".")
            .build());
    return this;
  }

  Arguments duration(String name, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel("<duration>")
            .type(Duration.class)
            .converters(new DurationConverter())
            .description(description + " Allowed: " + DurationConverter.ALLOWED + ".")
            .build());
    return this;
  }

  Arguments flag(String name, String description) {
    spec.addOption(OptionSpec.builder(name).type(boolean.class).description(description).build());
    return this;
  }

  CommandSpec spec() {
    return spec;
  }

  private Arguments positional(
      String label, boolean required, DecimalConverter converter, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(Integer.toString(spec.positionalParameters().size()))
            .arity(required ? "1" : "0..1")
            .required(required)
            .paramLabel(label)
            .type(Long.class)
            .converters(converter)
            .description(description + " Allowed: " + converter.allowed() + ".")
            .build());
    return this;
  }
}
