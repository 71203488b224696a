package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Switch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Media in records reach the store whole, once and in order, whatever the store does. */
class MediaIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int RECORDS = 60;
  private static final int PICTURES = 20;
  private static final int KEYS = 5;

  /** A picture, whole as far as its first bytes go. */
  private static byte[] picture(int number) {
    byte[] content = new byte[20_000];
    new Random(number).nextBytes(content);
    byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    System.arraycopy(head, 0, content, 0, head.length);
    return content;
  }

  private static String base64(int number) {
    return Base64.getEncoder().encodeToString(picture(number));
  }

  /** Bodies of every kind in turn; each holds one picture. */
  private static String body(int offset, String mediaUrl) {
    String body =
        switch (offset % 4) {
          case 0 -> "{'type':'image','image':{'images':[{'mediaUrl':'%s'}]}}";
          case 1 -> "{'type':'file','file':{'files':[{'mediaUrl':'%s','filename':'a.png'}]}}";
          case 2 ->
              "{'type':'carousel','carousel':{'text':'t','items':[{'title':'a','mediaUrl':'%s'},"
                  + "{'title':'b','mediaUrl':'https://media.example.org/b.png'}]}}";
          default ->
              "{'type':'html','html':{'html':'x','attachments':[{'mediaUrl':'%s','filename':'a.png'},"
                  + "{'content':'JVBERi0=','contentType':'application/pdf','filename':'b.pdf'}]}}";
        };
    return body.formatted(mediaUrl);
  }

  private static String request(int offset, String mediaUrl) {
    return ("{'receiver':{'contacts':[{'identifierValue':'+3160000000%d'}]},'meta':{'extraInformation':"
            + "{'record':%d}},'body':%s}")
        .formatted(offset % KEYS, offset, body(offset, mediaUrl))
        .replace('\'', '"');
  }

  /** A request as a struct whose picture is a field of bytes. */
  private static String struct(int number) {
    String url = fields("mediaUrl", "{'type':'bytes'}");
    String images = fields("images", "{'type':'array','items':%s}".formatted(url));
    String body =
        "{'type':'struct','fields':[{'field':'type','type':'string'},%s]}"
            .formatted(named("image", images));
    String contact = fields("identifierValue", "{'type':'string'}");
    String receiver = fields("contacts", "{'type':'array','items':%s}".formatted(contact));
    String meta = fields("extraInformation", fields("record", "{'type':'int32'}"));
    String schema =
        "{'type':'struct','fields':[%s,%s,%s]}"
            .formatted(named("receiver", receiver), named("body", body), named("meta", meta));
    String payload =
        ("{'receiver':{'contacts':[{'identifierValue':'+3160000000%d'}]},"
                + "'body':{'type':'image','image':{'images':[{'mediaUrl':'%s'}]}},"
                + "'meta':{'extraInformation':{'record':%d}}}")
            .formatted(number % KEYS, base64(number % PICTURES), number);
    return "{'schema':%s,'payload':%s}".formatted(schema, payload).replace('\'', '"');
  }

  private static String fields(String name, String type) {
    return "{'type':'struct','fields':[%s]}".formatted(named(name, type));
  }

  /** The schema of a type as that of a field. */
  private static String named(String name, String type) {
    return "{'field':'%s',".formatted(name) + type.substring(1);
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int record(MadeMessage message) {
    return json(message.json()).at("/meta/extraInformation/record").asInt();
  }

  private static byte[] stored(Simulator simulator, MadeMessage message) throws IOException {
    JsonNode url = json(message.json()).get("body").findValue("mediaUrl");
    String key = URI.create(url.textValue()).getPath().substring("/media/".length());
    return Files.readAllBytes(simulator.mediaStore().file(key).orElseThrow().content());
  }

  private static void awaitAll(Simulator simulator, int messages) {
    await("all messages are made")
        .atMost(ConnectStack.PATIENCE)
        .until(() -> simulator.size() >= messages);
  }

  private static void checkBothEnds(Simulator simulator) throws IOException {
    assertThat(simulator.madeByReference().values()).hasSize(RECORDS).containsOnly(1);
    List<List<Integer>> byKey = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      byKey.add(new ArrayList<>());
    }
    for (MadeMessage message : simulator.messages()) {
      int offset = record(message);
      byKey.get(offset % KEYS).add(offset);
      assertThat(stored(simulator, message)).isEqualTo(picture(offset % PICTURES));
    }
    assertThat(byKey).allSatisfy(offsets -> assertThat(offsets).isSorted().hasSize(RECORDS / KEYS));
    assertThat(simulator.mediaStore().authorizedRequests()).isZero();
  }

  @Test
  void jsonRecordsKeepTheirMediaThroughStoreFaults() throws Exception {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      simulator.switches().set(Switch.UPLOAD_FORM_LIFE, Duration.ofSeconds(3));
      simulator.mediaStore().failNext(15, 503);
      simulator.mediaStore().failNext(5, 0);
      simulator.inject(FaultRule.unavailable().next(5).onCall(ApiCall.UPLOAD));
      simulator.inject(FaultRule.tooManyRequests().next(5).onCall(ApiCall.UPLOAD));
      simulator.inject(FaultRule.doneThenReset().next(4).onReference("bk1:.*"));
      stack.createTopic("media", 1);
      for (int i = 0; i < RECORDS; i++) {
        String uri = "data:image/png;base64," + base64(i % PICTURES);
        var unused = stack.produce("media", 0, "key-" + i % KEYS, request(i, uri));
      }
      stack.flush();
      Map<String, String> config = stack.sinkSettings("media");
      stack.createConnector("media-sink", config);

      awaitAll(simulator, RECORDS);
      checkBothEnds(simulator);
      assertThat(simulator.mediaStore().uploads()).as("one for equal content").isEqualTo(PICTURES);
      assertThat(stack.count("media.dead-letters")).isZero();
    }
  }

  @Test
  void templatesTakeBase64AndBytesAndRequestsBytes() throws Exception {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      Simulator simulator = stack.simulator();
      stack.createTopic("base64", 1);
      stack.createTopic("bytes", 1);
      stack.createTopic("structs", 1);
      String schema =
          "{\"type\":\"struct\",\"fields\":[{\"field\":\"n\",\"type\":\"int32\"},{\"field\":\"photo\","
              + "\"type\":\"bytes\"}]}";
      for (int i = 0; i < RECORDS / 2; i++) {
        String key = "key-" + i % KEYS;
        String payload = "{\"n\":%d,\"photo\":\"%s\"}".formatted(i, base64(i % PICTURES));
        var unusedFirst = stack.produce("base64", 0, key, payload);
        int n = i + RECORDS / 2;
        String bytes = "{\"n\":%d,\"photo\":\"%s\"}".formatted(n, base64(n % PICTURES));
        var unusedSecond =
            stack.produce(
                "bytes", 0, key, "{\"schema\":%s,\"payload\":%s}".formatted(schema, bytes));
        var unusedThird = stack.produce("structs", 0, key, struct(i + RECORDS));
      }
      stack.flush();
      String template = request(0, "%s").replace("\"record\":0", "\"record\":\"${value.n}\"");
      Map<String, String> base64 = stack.sinkSettings("base64");
      base64.put("message.format", "template");
      base64.put("message.template", template.formatted("data:image/png;base64,${value.photo}"));
      stack.createConnector("base64-sink", base64);
      Map<String, String> bytes = stack.sinkSettings("bytes");
      bytes.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
      bytes.put("message.format", "template");
      bytes.put("message.template", template.formatted("${value.photo}"));
      stack.createConnector("bytes-sink", bytes);
      Map<String, String> structs = stack.sinkSettings("structs");
      structs.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
      stack.createConnector("structs-sink", structs);

      int all = RECORDS / 2 * 3;
      awaitAll(simulator, all);
      assertThat(simulator.madeByReference().values()).hasSize(all).containsOnly(1);
      for (MadeMessage message : simulator.messages()) {
        assertThat(stored(simulator, message)).isEqualTo(picture(record(message) % PICTURES));
      }
      assertThat(simulator.mediaStore().uploads())
          .as("each connector uploads a picture once")
          .isEqualTo(3 * PICTURES);
    }
  }
}
