package dev.birdconnect.tracker;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the program until it is told to stop. Exit code 0: stopped as told; 1: could not go on; 2:
 * wrong arguments or settings.
 */
public final class TrackerMain {

  private static final int LONGEST_STOP_SECONDS = 15;
  private static final String USAGE =
      "Usage: java -jar delivery-tracker-<version>-program.jar <properties file> [setting=value ...]";

  private TrackerMain() {}

  /**
   * Runs the program.
   *
   * @param arguments a properties file, and settings that go before those in it
   */
  public static void main(String[] arguments) {
    Map<String, String> settings;
    try {
      settings = settings(arguments);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
      return;
    }
    CountDownLatch ended = new CountDownLatch(1);
    stopOnSignal(Thread.currentThread(), ended);
    int code = 1;
    try {
      code = run(settings);
    } finally {
      ended.countDown();
    }
    System.exit(code);
  }

  /** Runs the program until it is interrupted, and tells its exit code. */
  static int run(Map<String, String> settings) {
    try (DeliveryTracker tracker = DeliveryTracker.start(settings)) {
      tracker.awaitEnd();
      return tracker.hasFailed() ? 1 : 0;
    } catch (InterruptedException e) {
      return 0;
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (IllegalStateException e) {
      return notStarted(e.getMessage(), 1);
    } catch (KafkaException e) {
      return e.getCause() instanceof ConfigException wrong
          ? notStarted(wrong.getMessage(), 2)
          : notStarted(e.getMessage(), 1);
    }
  }

  private static int notStarted(@Nullable String reason, int code) {
    System.err.println("The tracker did not start: " + reason);
    return code;
  }

  /** What the file and the arguments after it say. */
  static Map<String, String> settings(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("The properties file is missing.");
    }
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      properties.load(file);
    } catch (IOException e) {
      throw new IOException("The file " + arguments[0] + " cannot be read.", e);
    }
    Map<String, String> settings = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name, "")));
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "The argument "
                + (i + 1)
                + " has to be a setting and its value, such as stores=rocksdb.");
      }
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    return settings;
  }

  /** On a signal, interrupts the program and gives it time to stop. */
  private static void stopOnSignal(Thread program, CountDownLatch ended) {
    Thread hook =
        new Thread(
            () -> {
              program.interrupt();
              try {
                boolean unused = ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "tracker-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
