/** The whole way in one JVM: orders on a topic, messages at the simulator, events on topics. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.quickstart;
