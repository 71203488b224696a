/** Media that stand in a request as bytes or as data URIs: found, checked, taken out. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.media;
