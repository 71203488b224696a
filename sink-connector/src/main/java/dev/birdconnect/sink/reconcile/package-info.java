/** Finding out, from a channel's list, which sends have become messages. No calls, only rules. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.reconcile;
