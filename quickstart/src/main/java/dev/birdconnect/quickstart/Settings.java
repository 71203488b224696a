package dev.birdconnect.quickstart;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What one run is to do.
 *
 * @param home the project's folder
 * @param records number of order notifications
 * @param latency time that the simulator takes for each call
 * @param seed decides the notifications
 * @param stay whether to keep running after the summary
 */
record Settings(Path home, int records, Duration latency, long seed, boolean stay) {}
