package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.source.position.Place;

/**
 * A message as it was read, to be looked at.
 *
 * @param message the message
 * @param place where it was found
 */
record Sighting(Message message, Place place) {}
