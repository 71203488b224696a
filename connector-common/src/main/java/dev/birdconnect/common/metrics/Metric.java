package dev.birdconnect.common.metrics;

import java.util.Locale;

/**
 * A metric of a task: one definition for JMX, plugin metrics and the documentation. Meant for an
 * enum, whose constants' names it takes.
 */
public interface Metric {

  /** The name of the constant, as in {@code SENDS_IN_FLIGHT}. */
  String name();

  /** The name it is shown under, as in {@code sends-in-flight}. */
  default String metricName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it counts, or the unit of its value. */
  String unit();

  /** What it tells, as a sentence. */
  String description();
}
