/** Invented orders whose notifications are the quickstart's records. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.quickstart.orders;
