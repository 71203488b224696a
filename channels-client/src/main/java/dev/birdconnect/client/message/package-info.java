/** The resources the API answers with, unknown fields kept. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.client.message;
