/** What is written about a record that has ended: dead letters and reports. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.report;
