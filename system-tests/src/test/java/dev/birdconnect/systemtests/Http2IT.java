package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink in a worker against an API with TLS and HTTP/2: all requests share connections, so each
 * reset cuts whatever is under way beside it.
 */
class Http2IT {

  private static final String PASSWORD = "not-a-secret";
  private static final int PARTITIONS = 2;
  private static final int CUSTOMERS = 40;
  private static final int ORDERS = 600;
  private static final int RESETS = 8;

  /** To which the client inside of the plugin tells every frame. */
  private static final Logger FRAMES = Logger.getLogger("okhttp3.internal.http2.Http2");

  private final AtomicInteger heard = new AtomicInteger();
  private final Handler counter =
      new Handler() {
        @Override
        public void publish(LogRecord event) {
          heard.incrementAndGet();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    FRAMES.setUseParentHandlers(false);
    FRAMES.setLevel(Level.FINE);
    FRAMES.addHandler(counter);
  }

  @AfterEach
  void deaf() {
    FRAMES.removeHandler(counter);
    FRAMES.setLevel(null);
    FRAMES.setUseParentHandlers(true);
  }

  @Test
  void resetsOfSharedConnectionsLoseAndDoubleNothing() throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.demo().withoutRateLimits().withTls(TlsSettings.selfSigned());
    try (ConnectStack stack = ConnectStack.start(settings)) {
      Path trust = folder.resolve("trust.p12");
      stack.simulator().tls().writeTrustStore(trust, PASSWORD);
      stack.createTopic("orders", PARTITIONS);
      Map<String, String> config = stack.sinkSettings("orders");
      config.put("bird.validate.live", "false");
      config.put("bird.ssl.truststore.location", trust.toString());
      config.put("bird.ssl.truststore.password", PASSWORD);
      stack.createConnector("bird-sink", config);
      stack
          .simulator()
          .inject(FaultRule.reset().onMethod("POST").withProbability(0.02, 1).next(RESETS));
      stack
          .simulator()
          .inject(FaultRule.doneThenReset().onMethod("POST").withProbability(0.02, 2).next(RESETS));
      stack.simulator().inject(FaultRule.resetInAnswer().onMethod("GET").next(1));
      stack.kafka().produceOrders("orders", PARTITIONS, CUSTOMERS, 0, ORDERS);

      SinkUnderTest sink = stack.sink("bird-sink", "orders");
      sink.awaitFinished(ConnectStack.PATIENCE);
      sink.check();
      assertThat(stack.simulator().size()).isEqualTo(ORDERS);
      assertThat(stack.simulator().faults().list())
          .as("every fault has struck")
          .allSatisfy(fault -> assertThat(fault.struck()).isPositive());
      assertThat(heard.get()).as("frames of HTTP/2").isGreaterThan(ORDERS);
    }
  }
}
