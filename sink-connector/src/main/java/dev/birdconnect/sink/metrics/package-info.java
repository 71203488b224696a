/** What a task measures, and where it is shown: JMX and the worker's plugin metrics. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.metrics;
