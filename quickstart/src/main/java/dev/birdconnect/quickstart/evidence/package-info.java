/** What was seen on the way of each record, and the check that nothing was lost or doubled. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.quickstart.evidence;
