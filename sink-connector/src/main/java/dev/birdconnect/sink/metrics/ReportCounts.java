package dev.birdconnect.sink.metrics;

import java.util.function.LongSupplier;

/**
 * What has been written about records.
 *
 * @param rejected records handed to the dead letter queue
 * @param written reports written
 * @param failed reports that could not be written
 */
public record ReportCounts(LongSupplier rejected, LongSupplier written, LongSupplier failed) {}
