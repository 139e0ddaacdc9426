package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.TransportKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of a transport. */
final class TransportConverter implements ITypeConverter<TransportKind> {
  @Override
  public TransportKind convert(String value) {
    TransportKind kind = TransportKind.fromLabel(value);
    if (kind == null) {
      throw new TypeConversionException("value=" + value + ", allowed=" + TransportKind.labels());
    }
    return kind;
  }
}
