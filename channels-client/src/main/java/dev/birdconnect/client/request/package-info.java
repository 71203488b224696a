/** What the API is asked for, closed against unknown fields. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.client.request;
