/**
 * How a task's metrics are measured, and where they are shown: JMX and the worker's plugin metrics.
 */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.common.metrics;
