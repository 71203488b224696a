package dev.birdconnect.client.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "mediaUrl", "a-b.c_d", "line1234", "v1.2024-1234", "A0"})
  void whatLooksLikeANameIsShown(String name) {
    assertThat(FieldNames.shown(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+31612345678", "31612345678", "a12345", "a b", "é", "4a", ".a", "-a", "a@b"})
  void whatMayBePrivateIsNot(String name) {
    assertThat(FieldNames.shown(name)).isEqualTo("[key]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 61})
  void aNameHasItsLength(int length) {
    assertThat(FieldNames.shown("a".repeat(length))).hasSize(length);
    assertThat(FieldNames.shown("a".repeat(62))).isEqualTo("[key]");
  }
}
