package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An entry that cannot be read does not take the others with it. */
class ListsTest {

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static String message(String id) {
    return "{'id': '"
        + id
        + "', 'channelId': 'c', 'status': 'sent', 'createdAt': '2031-03-01T13:00:02Z',"
        + " 'lastStatusAt': '2031-03-01T13:00:02Z'}";
  }

  @Test
  void aPageKeepsItsReadableMessagesAndTellsOfTheOthers() throws Exception {
    MessagePage page =
        MessagePage.of(
            json(
                "{'results': ["
                    + message("m1")
                    + ", {'id': 'm2', 'channelId': 'c', 'createdAt': '2031-03-01T13:00:02Z',"
                    + " 'reference': '+31612345678', 'direction': 'outgoing', 'status': 7}, "
                    + message("m3")
                    + ", null], 'nextPageToken': 't'}"));

    assertThat(page.results()).extracting(Message::id).containsExactly("m1", "m3");
    assertThat(page.nextPageToken()).contains("t");
    assertThat(page.unreadable()).extracting(UnreadableEntry::place).containsExactly(1, 2);
    UnreadableEntry first = page.unreadable().get(0);
    assertThat(first.problem()).isEqualTo("the field status is missing");
    assertThat(first.id()).contains("m2");
    assertThat(first.createdAt()).contains(Instant.parse("2031-03-01T13:00:02Z"));
    assertThat(first.reference()).contains("+31612345678");
    assertThat(first.tellsReference()).isTrue();
    assertThat(first.direction()).contains("outgoing");
    assertThat(page.toString() + page.unreadable()).doesNotContain("+31612345678");
    UnreadableEntry second = page.unreadable().get(1);
    assertThat(second.problem()).isEqualTo("the message is not a JSON object");
    assertThat(second.id()).isEmpty();
    assertThat(second.createdAt()).isEmpty();
    assertThat(second.tellsReference()).isFalse();
  }

  @Test
  void channelsAndInteractionsDoTheSame() throws Exception {
    ChannelPage channels = ChannelPage.of(json("{'results': [{'id': 7}, {'id': 'c1'}]}"));
    assertThat(channels.results()).extracting(Channel::id).containsExactly("c1");
    assertThat(channels.unreadable()).extracting(UnreadableEntry::place).containsExactly(0);

    InteractionList interactions =
        InteractionList.of(json("{'results': [{'type': 'opened'}, {'id': 'i'}]}"));
    assertThat(interactions.results()).extracting(Interaction::type).containsExactly("opened");
    assertThat(interactions.unreadable()).extracting(UnreadableEntry::place).containsExactly(1);
  }

  @Test
  void whatHoldsNoListIsNoPage() {
    assertThatThrownBy(() -> MessagePage.of(json("{'results': {}}")))
        .isInstanceOf(UnreadableResourceException.class)
        .hasMessageContaining("results");
  }
}
