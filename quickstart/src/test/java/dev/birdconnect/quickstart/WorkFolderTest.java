package dev.birdconnect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkFolderTest {

  @Test
  void theFolderAndAllInItAreRemoved() throws Exception {
    Path path;
    try (WorkFolder folder = WorkFolder.create()) {
      path = folder.path();
      Files.writeString(folder.folder("log").resolve("segment"), "bytes");
      Path file = folder.properties("bird.properties", Map.of("b", "2", "a", "http://x:1"));
      assertThat(Files.readString(file)).isEqualTo("a=http://x:1\nb=2\n");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void othersCannotReadIt() throws Exception {
    try (WorkFolder folder = WorkFolder.create()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }
}
