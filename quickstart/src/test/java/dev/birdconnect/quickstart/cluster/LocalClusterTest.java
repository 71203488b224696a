package dev.birdconnect.quickstart.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and worker start in this JVM, answer over REST and stop. */
class LocalClusterTest {

  @Test
  void aConnectorIsRefusedWithTheWorkersReason(@TempDir Path directory) throws Exception {
    Path log = Files.createDirectory(directory.resolve("log"));
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    try (LocalBroker broker = LocalBroker.start(log);
        LocalWorker worker =
            LocalWorker.start(broker.bootstrapServers(), List.of(plugins), Map.of())) {
      ConnectRest rest = new ConnectRest(worker.restUrl());

      assertThat(rest.connectorPlugins()).isEmpty();
      assertThatThrownBy(
              () ->
                  rest.create(
                      new ObjectMapper()
                          .readTree(
                              """
                              {"name": "one", "config": {"connector.class": "no.such.Connector"}}
                              """)))
          .isInstanceOf(ConnectRestException.class)
          .hasMessageContaining("POST /connectors")
          .hasMessageContaining("no.such.Connector");
    }
  }
}
