package dev.birdconnect.quickstart;

import dev.birdconnect.quickstart.terminal.AnsiScreen;
import dev.birdconnect.quickstart.terminal.PlainScreen;
import dev.birdconnect.quickstart.terminal.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Shows both connectors at work in one JVM, and checks what they did. Exit code 0: all was as it
 * has to be; 1: something was lost, doubled or did not start; 2: wrong arguments.
 */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    versionProvider = QuickstartVersion.class,
    description =
        "Sends order notifications from a Kafka topic through the Bird sink to a simulator of the"
            + " Channels API, brings messages and statuses back with the Bird source, and checks"
            + " that nothing was lost or doubled.")
public final class Quickstart implements Callable<Integer> {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "200",
      description = "Order notifications to send; one in forty has a fault. Default: 200.")
  private int records;

  @Option(
      names = "--latency-ms",
      defaultValue = "20",
      description = "Milliseconds that the simulator takes for each call. Default: 20.")
  private int latencyMillis;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides the notifications. Default: 1.")
  private long seed;

  @Option(
      names = "--stay",
      description = "Keep running after the summary, and print the addresses to play with.")
  private boolean stay;

  @Option(
      names = "--home",
      defaultValue = ".",
      paramLabel = "<folder>",
      description = "The project's folder. Default: the current one.")
  private Path home = Path.of(".");

  private Quickstart() {}

  /**
   * Runs the quickstart.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Quickstart()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (records < 1 || records > 100_000) {
      throw new ParameterException(
          spec.commandLine(), "--records has to be between 1 and 100000, and is " + records + ".");
    }
    if (latencyMillis < 0 || latencyMillis > 5_000) {
      throw new ParameterException(
          spec.commandLine(),
          "--latency-ms has to be between 0 and 5000, and is " + latencyMillis + ".");
    }
    Path log = logTo(home.resolve("quickstart/target/quickstart.log"));
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = stopOnSignal(Thread.currentThread(), ended);
    try {
      Settings settings = new Settings(home, records, Duration.ofMillis(latencyMillis), seed, stay);
      return new Demonstration(settings, screen()).run() ? 0 : 1;
    } catch (InterruptedException | InterruptException e) {
      return 1;
    } catch (RuntimeException e) {
      System.err.println();
      System.err.println("The quickstart ended early: " + e.getMessage());
      System.err.println("More is in " + log + ".");
      org.slf4j.LoggerFactory.getLogger(Quickstart.class).error("The quickstart ended early.", e);
      return 1;
    } finally {
      ended.countDown();
      withdraw(hook);
    }
  }

  private static Screen screen() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    return Ansi.AUTO.enabled()
        ? new AnsiScreen(out, System::nanoTime)
        : new PlainScreen(out, System::nanoTime);
  }

  /** Sends all logging of this JVM to a file; has to come before the first logger. */
  private static Path logTo(Path file) throws IOException {
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    System.setProperty("org.slf4j.simpleLogger.logFile", file.toString());
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    return file;
  }

  /** On Ctrl-C, interrupts the run and gives it time to stop what it started. */
  private static Thread stopOnSignal(Thread run, CountDownLatch ended) {
    Thread hook =
        new Thread(
            () -> {
              run.interrupt();
              try {
                boolean unused = ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "quickstart-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void withdraw(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already, and the hook is what waits for this thread.
    }
  }
}
