package dev.birdconnect.quickstart.cluster;

import java.util.List;

/**
 * What a worker says about one connector.
 *
 * @param runningTasks number of tasks that run
 * @param failures a sentence for the connector and each of its tasks that failed; empty when well
 */
public record ConnectorState(int runningTasks, List<String> failures) {}
