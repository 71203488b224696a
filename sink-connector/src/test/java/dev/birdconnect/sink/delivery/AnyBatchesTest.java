package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.NOT_CONNECTED;
import static dev.birdconnect.sink.delivery.Sends.REJECTED;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.config.DoubtPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Any verdicts in any order, messages made and listed late: nothing lost, doubled, out of order.
 */
class AnyBatchesTest {

  private static final int RECORDS = 80;

  /** Records that the API refuses: with the request, or afterwards. */
  private static final Set<Long> REFUSED = Set.of(13L, 29L);

  private static final Set<Long> REJECTED_LATER = Set.of(7L, 31L);

  /** A batch whose messages are still to be made. */
  private record Late(List<Long> offsets, long at) {}

  private final Set<Long> rejected = new HashSet<>();
  private final List<Late> late = new ArrayList<>();

  @Property(tries = 300)
  void nothingIsLostDoubledOrOutOfOrder(
      @ForAll @IntRange(min = 1, max = 12) int maxSends,
      @ForAll @IntRange(min = 1, max = 6) int maxInFlight,
      @ForAll @IntRange(min = 1, max = 30) int keys,
      @ForAll boolean arrayOrder,
      @ForAll Random random) {
    rejected.clear();
    late.clear();
    BatchWorld world =
        new BatchWorld(BatchWorld.rules(maxSends, arrayOrder), DoubtPolicy.REPORT, maxInFlight);
    world.pageSize = 1 + random.nextInt(20);
    List<Consignment<String>> inFlight = new ArrayList<>();
    long offered = 0;
    int steps = 0;
    while (offered < RECORDS || world.deliveries.unfinished() > 0) {
      steps++;
      assertThat(steps).as("steps until all records are finished").isLessThan(20_000);
      if (offered < RECORDS && random.nextBoolean()) {
        world.accept(offered % keys, offered);
        offered++;
      }
      world.pass(random.nextInt(60));
      makeLate(world);
      inFlight.addAll(world.start());
      assertThat(world.deliveries.inFlight()).isEqualTo(inFlight.size());
      assertThat(inFlight).hasSizeLessThanOrEqualTo(maxInFlight);
      if (!inFlight.isEmpty()) {
        end(world, inFlight.remove(random.nextInt(inFlight.size())), arrayOrder, random);
      }
      world.sweep();
      world.answer();
      world.deliveries.outcomes().takeRejections().stream()
          .peek(one -> rejected.add(one.position().offset()))
          .forEach(world.deliveries::reported);
    }
    check(world, keys);
  }

  private void end(
      BatchWorld world, Consignment<String> consignment, boolean arrayOrder, Random random) {
    List<Long> offsets = new ArrayList<>(BatchWorld.offsets(consignment));
    boolean single = offsets.size() == 1;
    int fate = random.nextInt(8);
    if (offsets.stream().anyMatch(REFUSED::contains) && fate > 1) {
      world.deliveries.ended(consignment, REJECTED, world.now);
    } else if (fate <= 1) {
      world.deliveries.ended(consignment, fate == 0 ? THROTTLED : NOT_CONNECTED, world.now);
    } else if (fate == 2) {
      world.deliveries.ended(consignment, UNKNOWN, world.now);
    } else {
      if (!arrayOrder) {
        Collections.shuffle(offsets, random);
      }
      if (single) {
        make(world, offsets, 0);
        world.deliveries.ended(consignment, fate == 3 ? UNKNOWN : ACCEPTED, world.now);
      } else if (random.nextInt(3) == 0) {
        late.add(new Late(offsets, world.now + random.nextInt(1900) * BatchWorld.MILLI));
        answer(world, consignment, fate);
      } else {
        make(world, offsets, random.nextInt(4) == 0 ? random.nextInt(90) : 0);
        answer(world, consignment, fate);
      }
    }
  }

  private static void answer(BatchWorld world, Consignment<String> consignment, int fate) {
    if (fate == 3) {
      world.deliveries.ended(consignment, UNKNOWN, world.now);
    } else {
      world.deliveries.taken(consignment, world.now);
    }
  }

  private void makeLate(BatchWorld world) {
    for (Late one : List.copyOf(late)) {
      if (one.at() <= world.now) {
        late.remove(one);
        make(world, one.offsets(), 0);
      }
    }
  }

  private static void make(BatchWorld world, List<Long> offsets, int listedLater) {
    offsets.forEach(
        offset ->
            world.make(
                offset, REJECTED_LATER.contains(offset) ? "rejected" : "accepted", listedLater));
  }

  private void check(BatchWorld world, int keys) {
    Map<Long, Integer> times = world.timesMade();
    for (long offset = 0; offset < RECORDS; offset++) {
      boolean refused = REFUSED.contains(offset);
      assertThat(times.getOrDefault(offset, 0)).as("offset %d", offset).isEqualTo(refused ? 0 : 1);
    }
    assertThat(rejected).containsAll(REFUSED);
    Map<Long, Long> last = new HashMap<>();
    for (BatchWorld.Made made : world.made) {
      Long before = last.put(made.offset() % keys, made.offset());
      assertThat(before == null || before < made.offset())
          .as("%s before %s", before, made.offset())
          .isTrue();
    }
    assertThat(world.deliveries.lanes()).isZero();
    assertThat(world.deliveries.inFlight()).isZero();
    assertThat(world.deliveries.doubts()).isZero();
    assertThat(world.deliveries.load(world.now).resultsWaiting()).isZero();
  }
}
