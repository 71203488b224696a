package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.RateLimits;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.UploadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client against the simulator under every value of every switch, and under combinations of
 * them: each operation ends with an outcome that says what happened.
 */
class ClientUnderSwitchesIT {

  private static final int COMBINATIONS = 40;
  private static final ChannelAddress CHANNEL =
      new ChannelAddress(
          SimulatorSettings.DEMO_WORKSPACE_ID, SimulatorSettings.DEMO_SMS_CHANNEL_ID);

  private static Simulator simulator;
  private static ChannelsClient client;
  private static ChannelsClient stranger;
  private static int sent;

  /** Values of switches with their names for the report. */
  record Setting(String name, SwitchValues values) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
    client = client(SimulatorSettings.DEMO_ACCESS_KEY);
    stranger = client("wrong-key");
  }

  @AfterAll
  static void stop() {
    client.close();
    stranger.close();
    simulator.close();
  }

  @AfterEach
  void reset() {
    simulator.switches().reset();
    simulator.faults().clear();
  }

  private static ChannelsClient client(String key) {
    return new ChannelsClient(
        new TransportSettings(
            simulator.url(),
            new AccessKey(key),
            Duration.ofSeconds(5),
            16,
            Optional.empty(),
            TlsSettings.ofTheRuntime(),
            HttpVersion.NEGOTIATED,
            "test",
            "client-under-switches"),
        new RateLimits(100_000, 100_000),
        new VerdictRules(ConflictRule.REJECT));
  }

  static Stream<Setting> everyValue() {
    return Arrays.stream(Switch.values()).flatMap(ClientUnderSwitchesIT::valuesOf);
  }

  private static Stream<Setting> valuesOf(Switch one) {
    if (one.range().isPresent()) {
      return Stream.of(one.range().get().least(), one.range().get().most(), Duration.ofMillis(200))
          .map(
              time ->
                  new Setting(
                      one.wireName() + "=" + time, SwitchValues.defaults().with(one, time)));
    }
    return one.choices().stream()
        .map(
            choice ->
                new Setting(
                    one.wireName() + "=" + choice.wireName(),
                    SwitchValues.defaults().with(choice)));
  }

  static Stream<Setting> combinations() {
    List<Setting> settings = new ArrayList<>();
    for (int seed = 0; seed < COMBINATIONS; seed++) {
      Random random = new Random(seed);
      SwitchValues values = SwitchValues.defaults();
      for (Switch one : Switch.values()) {
        List<Choice> choices = one.choices();
        values =
            choices.isEmpty()
                ? values.with(one, Duration.ofMillis(random.nextInt(300)))
                : values.with(choices.get(random.nextInt(choices.size())));
      }
      settings.add(new Setting("seed " + seed, values));
    }
    return settings.stream();
  }

  @ParameterizedTest
  @MethodSource({"everyValue", "combinations"})
  void everyOperationEndsWithAnOutcomeThatSaysWhatHappened(Setting setting) throws Exception {
    simulator.switches().change(before -> setting.values());

    Verdict verdict = end(client.send(CHANNEL, AddressOrigin.CONFIGURED, text("one")));
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    Message made = ((Verdict.Accepted) verdict).message();
    assertThat(end(client.message(CHANNEL, made.id())))
        .isInstanceOfAny(ReadOutcome.Found.class, ReadOutcome.Missing.class);
    assertThat(end(client.interactions(CHANNEL, made.id())))
        .isInstanceOfAny(ReadOutcome.Found.class, ReadOutcome.Missing.class);
    readPages(setting);
    assertThat(end(client.workspaceMessages(CHANNEL.workspaceId(), ListQuery.first(10))))
        .isInstanceOfAny(ReadOutcome.Found.class, ReadOutcome.Missing.class);
    assertThat(end(client.channels(CHANNEL.workspaceId(), ListQuery.first(10))))
        .isInstanceOf(ReadOutcome.Found.class);
    assertThat(end(client.channel(CHANNEL))).isInstanceOf(ReadOutcome.Found.class);
    assertThat(end(client.contact(CHANNEL, "someone", Optional.of("+31600000001"))))
        .isInstanceOf(ReadOutcome.Found.class);
    assertThat(
            end(
                client.sendBatch(
                    CHANNEL,
                    AddressOrigin.CONFIGURED,
                    BatchRequest.of(List.of(text("two"), text("three"))))))
        .isInstanceOf(BatchVerdict.Accepted.class);
    upload();
    failures(setting);
  }

  /** Pages come to their end, whatever the cursor is; a refused token is told as one. */
  private static void readPages(Setting setting) throws Exception {
    ListQuery query = ListQuery.first(100);
    Set<String> tokens = new HashSet<>();
    while (true) {
      ReadOutcome<MessagePage> outcome = end(client.messages(CHANNEL, query));
      if (!(outcome instanceof ReadOutcome.Found<MessagePage> found)) {
        assertThat(outcome).as(setting.name()).isInstanceOf(ReadOutcome.Refused.class);
        assertThat(query.pageToken()).as("only a token can be refused").isPresent();
        return;
      }
      Optional<String> token = found.value().nextPageToken();
      if (token.isEmpty()) {
        return;
      }
      assertThat(tokens.add(token.get())).as("tokens lead on").isTrue();
      query = query.at(token.get());
    }
  }

  private static void upload() throws Exception {
    ReadOutcome<UploadForm> form = end(client.uploadForm(CHANNEL, "image/png"));
    assertThat(form).isInstanceOf(ReadOutcome.Found.class);
    MediaFile file = MediaFile.of("a.png", "image/png", ByteString.encodeUtf8("not a picture"));
    UploadOutcome outcome =
        end(client.upload(((ReadOutcome.Found<UploadForm>) form).value(), file));
    assertThat(outcome).isInstanceOfAny(UploadOutcome.Stored.class, UploadOutcome.Refused.class);
    assertThat(simulator.mediaStore().authorizedRequests()).isZero();
  }

  private static void failures(Setting setting) throws Exception {
    assertThat(end(stranger.send(CHANNEL, AddressOrigin.CONFIGURED, text("four"))))
        .as(setting.name())
        .isInstanceOf(Verdict.Denied.class);
    assertThat(
            end(
                client.send(
                    new ChannelAddress(
                        CHANNEL.workspaceId(), "00000000-0000-4000-8000-000000000000"),
                    AddressOrigin.RECORD,
                    text("five"))))
        .isInstanceOf(Verdict.Rejected.class);
    simulator.inject(FaultRule.unavailable().next(1));
    assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, text("six"))))
        .isInstanceOf(Verdict.Unknown.class);
    simulator.inject(FaultRule.tooManyRequests().next(1));
    assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, text("seven"))))
        .isInstanceOf(Verdict.NotProcessed.class);
    simulator.inject(FaultRule.answer(409).next(1));
    assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, text("eight"))))
        .isInstanceOf(Verdict.Rejected.class);
    simulator.inject(FaultRule.doneThenReset().next(1));
    assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, text("nine"))))
        .isInstanceOf(Verdict.Unknown.class);
  }

  private static <T> T end(ApiCall<T> call) throws InterruptedException, TimeoutException {
    try {
      return call.outcome().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new CompletionException(e);
    }
  }

  private static SendRequest text(String text) throws Exception {
    return SendRequest.of(new ObjectMapper().readTree(Orders.good(sent++, 1)))
        .withReference(text + "-" + sent);
  }
}
