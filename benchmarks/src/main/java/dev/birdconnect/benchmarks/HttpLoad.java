package dev.birdconnect.benchmarks;

/** Loads an address for a while and says what it answered. */
interface HttpLoad {
  /**
   * What to ask for.
   *
   * @param method GET, or POST of a send
   * @param path path and query
   * @param connections requests in flight
   */
  record Target(String method, String path, int connections) {}

  /**
   * Answers per second.
   *
   * @throws IllegalStateException when an answer was no success
   */
  double perSecond(String url, Target target, int seconds) throws Exception;
}
