package dev.birdconnect.sink.metrics;

/** Tells how many POST requests per second may be made at present. */
public interface AllowedRate extends AutoCloseable {

  /** Requests per second. */
  double perSecond();

  @Override
  void close();
}
