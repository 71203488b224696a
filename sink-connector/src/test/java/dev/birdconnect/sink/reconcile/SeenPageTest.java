package dev.birdconnect.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeenPageTest {

  private static Instant at(int second) {
    return FakeList.START.plusSeconds(second);
  }

  /** Three messages, an entry that cannot be read before the last of them, and further pages. */
  private static MessagePage page() {
    FakeList list = FakeList.newestFirst(4);
    list.add("older", at(0));
    list.add(FakeList.reference(0, 1), at(1));
    list.addUnreadable(JsonNodeFactory.instance.objectNode().put("reference", "lost"), at(2));
    list.add("somebody else's", at(3));
    list.add(FakeList.reference(0, 4), at(4));
    return list.page(ListQuery.first(4));
  }

  @Test
  void itTellsWhenItsMessagesWereMade() {
    SeenPage page = SeenPage.of(page());
    assertThat(page.first()).contains(at(4));
    assertThat(page.last()).contains(at(1));
    assertThat(page.lastOf(0)).as("before the first one").isEmpty();
    assertThat(page.lastOf(1)).contains(at(4));
    assertThat(page.lastOf(2)).contains(at(3));
    assertThat(page.lastOf(3)).contains(at(1));
  }

  @Test
  void itKeepsWhatMessagesAreRecognisedByTheEntriesAndTheToken() {
    SeenPage page = SeenPage.of(page());
    assertThat(page.messages())
        .extracting(Sighting::mark)
        .containsExactly(
            Optional.of(new Mark(FakeList.reference(0, 4), Mark.NO_LABEL)),
            Optional.empty(),
            Optional.of(new Mark(FakeList.reference(0, 1), Mark.NO_LABEL)));
    assertThat(page.unreadable())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.entry().place()).isEqualTo(2);
              assertThat(one.sighting().bareLabel()).contains("lost");
            });
    assertThat(page.nextPageToken()).isPresent();
  }

  @Test
  void anEmptyPageHasNoTimes() {
    SeenPage page = SeenPage.of(new MessagePage(List.of(), Optional.empty()));
    assertThat(page.first()).isEmpty();
    assertThat(page.last()).isEmpty();
    assertThat(page.nextPageToken()).isEmpty();
  }
}
