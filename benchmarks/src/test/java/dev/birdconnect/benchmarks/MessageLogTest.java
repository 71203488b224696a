package dev.birdconnect.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageLogTest {

  private static final String LABEL = "bk1:raw-client:load-0:0:%d:0a1b2c3d";

  private final MessageLog log = new MessageLog();

  private MessagePage page(int limit, String token) throws Exception {
    JsonNode page = new ObjectMapper().readTree(log.page(limit, token));
    return MessagePage.of(page);
  }

  private static List<String> references(MessagePage page) {
    return page.results().stream().map(Message::reference).map(Optional::orElseThrow).toList();
  }

  @Test
  void pagesShowEveryMessageNewestFirst() throws Exception {
    assertThat(log.add(Load.batch(0, 3, 3))).isEqualTo(3);
    assertThat(log.add(Load.batch(1, 3, 6))).isEqualTo(3);

    MessagePage first = page(4, "");
    MessagePage second = page(4, first.nextPageToken().orElseThrow());

    List<String> seen = new ArrayList<>(references(first));
    seen.addAll(references(second));
    assertThat(seen)
        .containsExactly(
            LABEL.formatted(5),
            LABEL.formatted(4),
            LABEL.formatted(3),
            LABEL.formatted(2),
            LABEL.formatted(1),
            LABEL.formatted(0));
    assertThat(second.nextPageToken()).isEmpty();
    assertThat(first.unreadable()).isEmpty();
    assertThat(Set.copyOf(first.results().stream().map(Message::id).toList())).hasSize(4);
  }

  @Test
  void aPageStaysWhereItIsWhileMessagesAreMade() throws Exception {
    log.add(Load.batch(0, 4, 4));
    String token = page(2, "").nextPageToken().orElseThrow();
    log.add(Load.batch(1, 4, 8));

    assertThat(references(page(2, token))).containsExactly(LABEL.formatted(1), LABEL.formatted(0));
  }

  @Test
  void onlyTheLatestAreKeptAndNoneThatIsForgotten() throws Exception {
    for (int i = 0; i <= MessageLog.KEPT / 100; i++) {
      log.add(Load.batch(i, 100, 100));
    }
    int shown = 0;
    Optional<String> token = Optional.of("");
    while (token.isPresent()) {
      MessagePage page = page(1000, token.get());
      shown += page.results().size();
      token = page.nextPageToken();
    }
    assertThat(shown).isEqualTo(MessageLog.KEPT);

    log.forget();
    assertThat(page(1000, "").results()).isEmpty();
    assertThat(page(1000, "").nextPageToken()).isEmpty();
  }
}
