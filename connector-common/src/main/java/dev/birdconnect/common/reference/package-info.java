/** The reference of a send, written by the sink and taken apart by the source. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.common.reference;
