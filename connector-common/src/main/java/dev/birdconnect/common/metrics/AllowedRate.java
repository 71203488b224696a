package dev.birdconnect.common.metrics;

/** Tells how many requests of a method per second may be made at present. */
public interface AllowedRate extends AutoCloseable {

  /** Requests per second. */
  double perSecond();

  @Override
  void close();
}
