package dev.birdconnect.quickstart.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.birdconnect.quickstart.evidence.RecordCoordinates;
import dev.birdconnect.quickstart.evidence.SentMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelReaderTest {

  private static final String FIRST_PAGE =
      """
      {"results": [{"id": "m1", "reference": "bk1:bird-sink:orders:2:17:00ff00ff",
        "direction": "outgoing", "status": "sent", "createdAt": "2031-03-01T13:00:02.004Z"}],
       "nextPageToken": "a+b="}
      """;
  private static final String LAST_PAGE =
      """
      {"results": [{"id": "m2", "reference": "", "direction": "incoming", "status": "delivered",
        "createdAt": "2031-03-01T13:00:00.000Z"}]}
      """;

  private final List<String> calls = new ArrayList<>();
  private HttpServer server;
  private ChannelReader reader;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String url = exchange.getRequestURI().toString();
          calls.add(url + " " + exchange.getRequestHeaders().getFirst("Authorization"));
          String page = url.contains("pageToken") ? LAST_PAGE : FIRST_PAGE;
          byte[] body = page.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(url.contains("/closed/") ? 403 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    reader = new ChannelReader(url(), "key", "w", "c");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void allPagesAreRead() throws Exception {
    assertThat(reader.read())
        .containsExactly(
            new SentMessage(
                "m1",
                Optional.of(new RecordCoordinates("orders", 2, 17)),
                true,
                "sent",
                Instant.parse("2031-03-01T13:00:02.004Z")),
            new SentMessage(
                "m2", Optional.empty(), false, "delivered", Instant.parse("2031-03-01T13:00:00Z")));
    assertThat(calls)
        .containsExactly(
            "/workspaces/w/channels/c/messages?limit=1000 AccessKey key",
            "/workspaces/w/channels/c/messages?limit=1000&pageToken=a%2Bb%3D AccessKey key");
  }

  @Test
  void aRefusalIsAFailure() {
    assertThatThrownBy(new ChannelReader(url(), "key", "w", "closed")::read)
        .hasMessage("The simulator answered the list of messages with 403.");
  }

  private URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }
}
