package dev.birdconnect.sink;

import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.sink.config.SinkConfig;
import dev.birdconnect.sink.delivery.Intake;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import dev.birdconnect.sink.upload.FakeMediaApi;
import dev.birdconnect.sink.upload.MediaPreparations;
import dev.birdconnect.sink.upload.MediaUploads;
import dev.birdconnect.sink.upload.UploadBounds;
import dev.birdconnect.sink.upload.UploadObserver;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/** What becomes of a record before any call. */
final class Intakes {

  private Intakes() {}

  /** What a task makes of a record, with these settings, by name and value. */
  static Intake<SinkRecord> of(SinkRecord record, String... settings) {
    Map<String, String> properties = TaskHarness.properties(URI.create("http://localhost"));
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    MediaPreparations preparations =
        new MediaPreparations(
            new MediaUploads(
                new FakeMediaApi(),
                new UploadBounds(1, 1, 1, Duration.ZERO),
                () -> 0,
                UploadObserver.none()),
            new VerdictRules(ConflictRule.REJECT));
    return new RecordIntake(new SinkConfig(properties), preparations).of(record);
  }

  static Send<SinkRecord> send(SinkRecord record, String... settings) {
    Intake<SinkRecord> item = of(record, settings);
    if (item instanceof Send<SinkRecord> send) {
      return send;
    }
    throw new AssertionError("It is no send: " + item);
  }

  static Rejection<SinkRecord> rejection(SinkRecord record, String... settings) {
    Intake<SinkRecord> item = of(record, settings);
    if (item instanceof Rejection<SinkRecord> rejection) {
      return rejection;
    }
    throw new AssertionError("It is not rejected: " + item);
  }
}
