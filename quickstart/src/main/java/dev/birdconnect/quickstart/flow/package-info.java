/** Produces the records of a run and reads back what becomes of them. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.quickstart.flow;
