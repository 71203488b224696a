/** How long changes of statuses wait for their reading, with a clock that goes on when told to. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.budget;
