package dev.birdconnect.source.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkspaceUseTest {

  @Test
  void manyChannelsThatAreSweptSeveralTimesAMinuteCanSpareReads() {
    WorkspaceUse use = WorkspaceUse.USUAL;
    assertThat(use.canSpareReads(10, Duration.ofSeconds(20))).isTrue();
    assertThat(use.canSpareReads(9, Duration.ofSeconds(20))).isFalse();
    assertThat(use.canSpareReads(10, Duration.ofSeconds(21))).isFalse();
  }
}
