package dev.birdconnect.sink.report;

import org.apache.kafka.connect.errors.DataException;

/** A report that a converter cannot write. */
final class UnreportableException extends DataException {

  private static final long serialVersionUID = 1L;

  private UnreportableException(String message) {
    super(message);
  }

  private UnreportableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without the cause, whose text may quote the key. */
  static UnreportableException ofKey(RuntimeException cause) {
    return new UnreportableException(
        "report.key.converter cannot convert the record's key (%s)"
            .formatted(cause.getClass().getSimpleName()));
  }

  static UnreportableException ofValue(RuntimeException cause) {
    return new UnreportableException("report.value.converter cannot convert the report", cause);
  }
}
