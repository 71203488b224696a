/** The settings of the source connector. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.config;
