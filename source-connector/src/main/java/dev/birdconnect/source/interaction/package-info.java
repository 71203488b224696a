/** What receivers did with messages: which messages to ask about, when, and what of it is new. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.interaction;
