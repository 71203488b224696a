package dev.birdconnect.quickstart.evidence;

/**
 * How far a run is.
 *
 * @param records records that are to be produced
 * @param produced records that Kafka took
 * @param accepted messages that the simulator made from them
 * @param deadLetters records on the dead letter topic
 * @param delivered messages that the simulator delivered
 * @param failed messages that the simulator could not deliver
 * @param replies messages that customers sent
 * @param messageEvents records on the messages topic
 * @param statusEvents records on the statuses topic
 */
public record Progress(
    int records,
    int produced,
    int accepted,
    int deadLetters,
    int delivered,
    int failed,
    int replies,
    int messageEvents,
    int statusEvents) {}
