package dev.birdconnect.simulator;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.tls.TlsIdentity;
import dev.birdconnect.simulator.tls.TlsSettings;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program: starts a simulator, says where it is, and runs until it is stopped. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    version = "Channels API simulator 0.1.0",
    description = "The Bird Channels API on localhost.",
    sortOptions = false)
public final class SimulatorMain implements Callable<Integer> {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Control calls ask for no key: keep it local.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "JSON or YAML file with workspaces, access keys and channels.")
  private @Nullable Path config;

  @Option(
      names = "--rate-post",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "POST requests per second and workspace, 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int ratePost;

  @Option(
      names = "--rate-get",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "GET requests per second and workspace, 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int rateGet;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of ids and of the lives of messages (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--no-magic-receivers",
      description = "Do not let identifiers that end in 9990403 to 9990407 force an outcome.")
  private boolean noMagicReceivers;

  @Option(
      names = "--switch",
      paramLabel = "NAME=VALUE",
      description = "Sets a switch, see below; more than once for more than one.")
  private Map<String, String> switches = new LinkedHashMap<>();

  @Mixin private TlsOptions tls = new TlsOptions();

  @Spec private @Nullable CommandSpec spec;

  SimulatorMain() {}

  /** Runs the program; ends with 0, or with 2 when it cannot start as asked. */
  public static void main(String[] arguments) {
    // What users want to read is on standard output; libraries speak up only when something is off.
    setUnlessGiven("defaultLogLevel", "warn");
    // At finer levels these libraries write out requests, keys included.
    for (String library : List.of("org.eclipse.jetty", "io.javalin", "com.networknt")) {
      setUnlessGiven("log." + library, "warn");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new SimulatorMain());
    commandLine.getCommandSpec().usageMessage().footer(SwitchHelp.lines());
    return commandLine;
  }

  private static void setUnlessGiven(String name, String value) {
    String property = "org.slf4j.simpleLogger." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    try {
      ConfigFile.Content content = config == null ? null : new ConfigFile().read(config);
      TlsFields encrypted = tls.orElse(content == null ? TlsFields.none() : content.tls());
      run(settings(content, encrypted), encrypted, commandLine.getOut());
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException | ConfigFile.BadConfigException e) {
      commandLine.getErr().println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.OK;
    } catch (JavalinException e) {
      commandLine
          .getErr()
          .println(
              "The simulator cannot listen on "
                  + host
                  + ":"
                  + port
                  + ". Is the port taken? --port 0 finds a free one.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  private void run(SimulatorSettings settings, TlsFields encrypted, PrintWriter out)
      throws InterruptedException {
    try (Simulator simulator = Simulator.start(settings)) {
      Path certificateFile = encrypted.certificateFile();
      if (certificateFile != null) {
        write(simulator.tls(), certificateFile);
      }
      describe(simulator, encrypted, out);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "simulator-shutdown"));
      stopped.await();
    }
  }

  private static void write(TlsIdentity identity, Path file) {
    try {
      identity.writePem(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("The certificate cannot be written to " + file + ".", e);
    }
  }

  private SimulatorSettings settings(ConfigFile.@Nullable Content content, TlsFields encrypted) {
    SimulatorSettings settings =
        SimulatorSettings.demo()
            .withHost(host)
            .withPort(port)
            .withRates(rate(ratePost), rate(rateGet))
            .withSeed(seed);
    if (noMagicReceivers) {
      settings = settings.withoutMagicReceivers();
    }
    if (content != null) {
      settings = settings.withWorkspaces(content.workspaces()).withSwitches(content.switches());
    }
    Optional<TlsSettings> how = encrypted.settings();
    if (how.isPresent()) {
      settings = settings.withTls(how.get());
    }
    SwitchValues values = settings.switches();
    for (Map.Entry<String, String> entry : switches.entrySet()) {
      values = values.with(entry.getKey(), entry.getValue());
    }
    return settings.withSwitches(values);
  }

  private static Optional<Integer> rate(int perSecond) {
    return perSecond == 0 ? Optional.empty() : Optional.of(perSecond);
  }

  private void describe(Simulator simulator, TlsFields encrypted, PrintWriter out) {
    out.println("The Channels API simulator listens on " + simulator.url() + " .");
    if (encrypted.certificateFile() != null) {
      out.println("Clients have to trust the certificate in " + encrypted.certificateFile() + " .");
    }
    for (WorkspaceSettings workspace : simulator.settings().workspaces()) {
      out.println();
      out.println("Workspace " + workspace.id() + " has the channels");
      for (ChannelSettings channel : workspace.channels()) {
        out.println("  " + channel.id() + "  " + channel.platform() + "  " + channel.name());
      }
      if (config == null) {
        out.println(
            "and is opened by the header"
                + " Authorization: AccessKey "
                + SimulatorSettings.DEMO_ACCESS_KEY);
      } else {
        out.println("and is opened by the access keys of " + config + " .");
      }
    }
    out.println();
    out.println("The messages can be watched at " + simulator.url() + "/ in a browser.");
    out.println(
        "Faults and incoming messages, switches: see "
            + simulator.url()
            + "/control/control-openapi.yaml .");
    out.flush();
  }
}
