package dev.birdconnect.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownChannelsTest {

  private final KnownChannels known = new KnownChannels();

  private boolean list(String... ids) {
    return known.accept(new Finding.Channels(Set.of(ids), true));
  }

  @Test
  void newChannelsAreTakenAtOnce() {
    assertThat(list("b", "a")).isTrue();
    assertThat(known.ids()).containsExactly("a", "b");
    assertThat(list("a", "b")).isFalse();
    assertThat(list("a", "b", "c")).isTrue();
    assertThat(known.ids()).containsExactly("a", "b", "c");
  }

  @Test
  void failedAndEmptyAnswersChangeNothing() {
    list("a", "b");
    assertThat(known.accept(new Finding.Failed("no answer"))).isFalse();
    for (int i = 0; i < 5; i++) {
      assertThat(list()).isFalse();
    }
    assertThat(known.ids()).containsExactly("a", "b");
    assertThat(known.isUnsure()).isFalse();
  }

  @Test
  void aChannelIsGivenUpWhenTwoListsInARowLackIt() {
    list("a", "b");
    assertThat(list("a")).isFalse();
    assertThat(known.isUnsure()).isTrue();
    assertThat(known.ids()).containsExactly("a", "b");
    assertThat(list("a")).isTrue();
    assertThat(known.ids()).containsExactly("a");
    assertThat(known.isUnsure()).isFalse();
  }

  @Test
  void aChannelThatIsThereAgainIsKept() {
    list("a", "b");
    list("a");
    assertThat(list("a", "b")).isFalse();
    assertThat(known.isUnsure()).isFalse();
    assertThat(list("a")).isFalse();
    assertThat(known.ids()).containsExactly("a", "b");
  }

  @Test
  void aListWithEntriesThatCannotBeReadTakesNothingAway() {
    list("a", "b");
    for (int i = 0; i < 3; i++) {
      assertThat(known.accept(new Finding.Channels(Set.of("a"), false))).isFalse();
    }
    assertThat(known.accept(new Finding.Channels(Set.of("a", "c"), false))).isTrue();
    assertThat(known.ids()).containsExactly("a", "b", "c");
  }
}
