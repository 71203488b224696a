/** The Bird sink connector and its task. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink;
