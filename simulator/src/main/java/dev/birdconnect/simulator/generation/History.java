package dev.birdconnect.simulator.generation;

import dev.birdconnect.simulator.life.Fate;
import dev.birdconnect.simulator.life.Handover;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.life.MessageStatus;
import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Outcome;
import dev.birdconnect.simulator.life.Step;
import dev.birdconnect.simulator.life.Timeline;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The past of a channel: what its messages have in common, and how each follows from its number.
 * Nothing but the number is kept of a message; it is drawn and written when somebody reads it.
 */
public final class History {
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int STAGES = 3;
  private static final String FILLING =
      "Your parcel has left the depot and is on its way to you. The courier comes between nine and"
          + " eleven; a signature is needed. ";

  private final HistorySpec spec;
  private final Channel channel;
  private final LifeProfile profile;
  private final long generatedAtMillis;
  private final List<Form> outgoing = new ArrayList<>();
  private final List<Form> incoming = new ArrayList<>();

  private History(HistorySpec spec, Channel channel, Wording wording, long nowMillis) {
    this.spec = spec;
    this.channel = channel;
    this.profile = spec.profile().orElseGet(channel::profile);
    this.generatedAtMillis = nowMillis;
    for (int i = 0; i < spec.contacts(); i++) {
      String contact = String.format(Locale.ROOT, "+3161%07d", i);
      outgoing.add(Form.outgoing(wording, contact, "No. " + i + ". " + FILLING.repeat(3)));
      incoming.add(Form.incoming(wording, contact, "This is " + i + ". " + FILLING.repeat(3)));
    }
  }

  /**
   * Makes the past of a channel. It can be listed while it grows.
   *
   * @param wording writes the fields of messages
   * @param nowMillis the simulator's time
   * @throws IllegalArgumentException when it would reach into the future, or when the channel has a
   *     history of this seed already
   */
  public static void make(HistorySpec spec, Channel channel, Wording wording, long nowMillis) {
    if (spec.to().toEpochMilli() > nowMillis) {
      throw new IllegalArgumentException("A history must not end after the simulator's time.");
    }
    History history = new History(spec, channel, wording, nowMillis);
    if (channel.find(history.position(0).id()).isPresent()) {
      throw new IllegalArgumentException(
          "The channel has a history of this seed already; choose another one.");
    }
    for (int i = 0; i < spec.messages(); i++) {
      channel.addPast(history.position(i), new PastContent(history, i));
    }
  }

  Position position(int number) {
    SplittableRandom random = random(number);
    UUID id =
        new UUID((random.nextLong() & ~0xF000L) | VERSION_4, VARIANT | (random.nextLong() >>> 2));
    return new Position(createdAtMillis(number), id);
  }

  boolean isIncoming(int number) {
    return !isOpen(number) && draw(number, 1).nextDouble() < spec.incomingShare();
  }

  String reference(int number) {
    return isIncoming(number) ? "" : spec.referencePrefix() + number;
  }

  Form form(int number) {
    int contact = draw(number, 2).nextInt(spec.contacts());
    return (isIncoming(number) ? incoming : outgoing).get(contact);
  }

  Channel channel() {
    return channel;
  }

  Timeline life(int number) {
    if (isIncoming(number)) {
      return Timeline.incoming(createdAtMillis(number));
    }
    Fate fate = fate(number, profile);
    if (isOpen(number)) {
      return open(number, fate);
    }
    Timeline natural = fate.life();
    // Too young to have ended by itself: it was quicker, or it would be open without being asked.
    return natural.last().sinceMillis() <= generatedAtMillis
        ? natural
        : fate(number, profile.atOnce()).life();
  }

  List<Moment> moments(int number) {
    return isIncoming(number) || profile.habits().isEmpty()
        ? List.of()
        : life(number).moments(profile.habits(), luck(number));
  }

  /** Open messages stand at different stages at first and pass the rest in the time given. */
  private Timeline open(int number, Fate fate) {
    SplittableRandom random = draw(number, 3);
    long createdAt = createdAtMillis(number);
    Outcome outcome = fate.outcome();
    // An outcome before the platform must still be ahead.
    int latest =
        switch (outcome) {
          case REJECTED, MISCONFIGURED, SKIPPED -> 0;
          case SENDING_FAILED, GIVEN_UP -> 1;
          case DELIVERED, SENT_ONLY, DELIVERY_FAILED -> 2;
        };
    int stage = Math.min(latest, random.nextInt(STAGES));
    double third = spec.openFor().toMillis() / (double) STAGES;
    long processing = moment(stage > 0, createdAt, third * random.nextDouble());
    long sent = moment(stage > 1, createdAt, third * (1 + random.nextDouble()));
    long end = moment(false, createdAt, third * (2 + random.nextDouble()));
    Step begin = Step.plain(MessageStatus.ACCEPTED, createdAt);
    return Timeline.passing(begin, outcome, processing, sent, end);
  }

  private long moment(boolean past, long createdAtMillis, double ahead) {
    return past ? createdAtMillis : generatedAtMillis + 1 + Math.round(ahead);
  }

  private Fate fate(int number, LifeProfile lived) {
    return new Fate(
        lived,
        luck(number),
        Optional.empty(),
        createdAtMillis(number),
        Optional.empty(),
        new Handover.InTime());
  }

  /** Exactly so many as asked for, evenly over the whole time. */
  private boolean isOpen(int number) {
    long open = spec.open();
    return (number + 1) * open / spec.messages() > number * open / spec.messages();
  }

  private long createdAtMillis(int number) {
    long begin = spec.from().toEpochMilli();
    double slot = (spec.to().toEpochMilli() - begin) / (double) spec.messages();
    return begin + (long) (slot * (number + draw(number, 4).nextDouble()));
  }

  private long luck(int number) {
    return draw(number, 5).nextLong();
  }

  private SplittableRandom random(int number) {
    return draw(number, 0);
  }

  private SplittableRandom draw(int number, int purpose) {
    long base = spec.seed() * SPREAD ^ channel.id().getLeastSignificantBits();
    return new SplittableRandom(new SplittableRandom(base + number * 8L + purpose).nextLong());
  }
}
