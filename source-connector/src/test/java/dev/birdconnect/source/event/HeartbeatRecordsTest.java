package dev.birdconnect.source.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.reading.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class HeartbeatRecordsTest {

  private static final Instant NOW = Instant.parse("2031-03-01T13:00:00Z");

  private static SourceRecord at(Instant serverTime) {
    ShardState state = ShardState.none(Origin.EARLIEST, Position.before(NOW));
    return new HeartbeatRecords("bird.heartbeats", () -> NOW)
        .of(new ChannelAddress("w", "c"), new Heartbeat(NOW, serverTime, 5, state, false));
  }

  @Test
  void aTimeThatABrokerWouldRefuseIsNotTaken() {
    Instant bearable = NOW.plus(Duration.ofMinutes(30));
    assertThat(at(bearable).timestamp()).isEqualTo(bearable.toEpochMilli());

    Instant ahead = NOW.plus(Duration.ofHours(2));
    assertThat(at(ahead).timestamp()).isEqualTo(NOW.toEpochMilli());
    assertThat(((Struct) at(ahead).value()).get("serverTime")).isEqualTo(Date.from(ahead));
    assertThat(at(Instant.parse("1960-01-01T00:00:00Z")).timestamp()).isZero();
  }
}
