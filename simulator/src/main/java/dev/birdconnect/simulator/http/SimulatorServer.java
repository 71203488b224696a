package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.http.ControlOperations.Control;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Inspection;
import dev.birdconnect.simulator.switches.SwitchValues;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: routes of the API, of the control calls and of the inbox page. */
public final class SimulatorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);
  private static final String WORKSPACE = "/workspaces/{workspaceId}";
  private static final String CHANNELS = WORKSPACE + "/channels";
  private static final String CHANNEL = CHANNELS + "/{channelId}";
  private static final String MESSAGES = CHANNEL + "/messages";
  private static final String MESSAGE = MESSAGES + "/{messageId}";

  private final Contracts contracts = new Contracts();
  private final Contract controlApi = Contract.controlApi();
  private final QueuedThreadPool threads = new QueuedThreadPool(64, 4);
  private final Delays delays = new Delays();
  private final Traffic traffic;
  private final ApiGateway gateway;
  private final Deliveries deliveries;
  private final MessageLists lists;
  private final MessageOperations messages;
  private final ChannelOperations channels;
  private final MediaOperations media;
  private final Sending sending;
  private final StoreEndpoints store;
  private final ControlOperations control;
  private final Generation generation;
  private final PlayOperations play;
  private final SwitchOperations switches;
  private final Javalin javalin;

  private SimulatorServer(
      ServerSettings settings,
      Accounts accounts,
      Inspection inspection,
      Faults faults,
      MediaStore mediaStore) {
    Clock clock = settings.clock();
    threads.setName("simulator-http");
    threads.setDaemon(true);
    traffic = new Traffic(clock);
    RateLimits rates =
        new RateLimits(settings.postPerSecond(), settings.getPerSecond(), System::nanoTime);
    gateway = new ApiGateway(accounts, rates, faults, clock, settings.switches(), contracts);
    deliveries = new Deliveries(delays, threads, new DateHeader(clock), traffic);
    lists = new MessageLists(clock);
    messages = new MessageOperations(clock);
    channels = new ChannelOperations(clock);
    media = new MediaOperations(mediaStore, clock);
    sending = new Sending(clock, mediaStore);
    store = new StoreEndpoints(mediaStore, settings.switches());
    control =
        new ControlOperations(
            accounts,
            inspection,
            faults,
            traffic,
            mediaStore,
            clock,
            contracts.under(SwitchValues.defaults()));
    generation = new Generation(accounts, clock);
    play = new PlayOperations(accounts, generation, clock, settings.switches());
    switches = new SwitchOperations(settings.switches());
    javalin = Javalin.create(config -> configure(config, settings));
  }

  /** Starts a server; its port is open when this returns. */
  public static SimulatorServer start(
      ServerSettings settings,
      Accounts accounts,
      Inspection inspection,
      Faults faults,
      MediaStore mediaStore) {
    SimulatorServer server =
        new SimulatorServer(settings, accounts, inspection, faults, mediaStore);
    try {
      server.javalin.start();
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Method and path of every route. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint.method + " " + route.endpoint.path)
        .toList();
  }

  /** Makes history and flows of messages. */
  public Generation generation() {
    return generation;
  }

  /** What was asked of the API. */
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    // First, so that no answer that comes later meets a server without threads.
    generation.close();
    deliveries.close();
    javalin.stop();
  }

  private void configure(JavalinConfig config, ServerSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.asyncTimeout = 0;
    config.jetty.threadPool = threads;
    config.jetty.addConnector((server, http) -> Connectors.connector(server, http, settings));
    config.routes.exception(Exception.class, this::answerBug);
    routeApi(config.routes);
    routeControl(config.routes);
    routeStore(config.routes);
    routePages(config.routes);
    for (HandlerType method : HandlerType.commonHttp()) {
      config.routes.addHttpHandler(
          method, "/*", request -> deliveries.write(request, Errors.notFound("resource")));
    }
  }

  private void routeApi(RoutesConfig routes) {
    routes.post(MESSAGES, api("createChannelMessage", sending.send()));
    routes.get(MESSAGES, api("listChannelMessages", lists.ofChannel()));
    routes.get(MESSAGE, api("getChannelMessage", messages.get()));
    routes.get(MESSAGE + "/interactions", api("listMessageInteractions", messages.interactions()));
    routes.post(
        CHANNEL + "/batch/messages",
        api("createChannelMessageBatch", new BatchOperations(sending, delays).send()));
    routes.get(CHANNELS, api("listChannels", channels.list()));
    // Before the route of one channel, whose id would be "messages".
    routes.get(CHANNELS + "/messages", api("listWorkspaceMessages", lists.ofWorkspace()));
    routes.get(CHANNEL, api("getChannel", channels.get()));
    routes.get(
        CHANNEL + "/contacts/{contactId}",
        api("getChannelContactInformation", ContactOperations.get()));
    routes.post(
        CHANNEL + "/presigned-upload", api("createChannelPresignedUpload", media.openForChannel()));
    routes.post(
        WORKSPACE + "/channel-media/presigned-upload",
        api("createWorkspacePresignedUpload", media.openForWorkspace()));
    routes.get(CHANNEL + "/media/<mediaPath>", api("readChannelMedia", media.readOfChannel()));
    routes.get(
        WORKSPACE + "/messages/{messageId}/media/<mediaPath>",
        api("readMessageMedia", media.readOfMessage()));
  }

  private void routeStore(RoutesConfig routes) {
    routes.post(
        StoreEndpoints.UPLOAD_PATH, request -> deliveries.write(request, store.upload(request)));
    routes.get(
        MediaStore.PATH + "{workspace}/{file}",
        request -> deliveries.write(request, store.download(request)));
  }

  private void routeControl(RoutesConfig routes) {
    control(routes, "listFaults", control.listFaults());
    control(routes, "addFault", control.addFault());
    control(routes, "clearFaults", control.clearFaults());
    control(routes, "removeFault", control.removeFault());
    control(routes, "receiveInbound", control.receiveInbound());
    control(routes, "listWorkspaces", control.listWorkspaces());
    control(routes, "listMessages", control.listMessages(controlApi.operation("listMessages")));
    control(routes, "stats", control.stats());
    control(routes, "resetStats", control.resetStats());
    control(routes, "statsByReference", control.statsByReference());
    control(routes, "statsByReceiver", control.statsByReceiver());
    control(routes, "makeHistory", play.makeHistory());
    control(routes, "startInbound", play.startInbound());
    control(routes, "stopInbound", play.stopInbound());
    control(routes, "setProfile", play.setProfile());
    control(routes, "interact", play.interact());
    control(routes, "listSwitches", switches.list());
    control(routes, "changeSwitches", switches.change());
    control(routes, "replaceSwitches", switches.replace());
  }

  private void routePages(RoutesConfig routes) {
    routes.get("/", page("/inbox.html", "text/html;charset=utf-8"));
    document(routes, "readChannelsDocument");
    document(routes, "readControlDocument");
  }

  private Handler api(String operationId, Operation operation) {
    return request -> {
      traffic.begin(request.req().getMethod());
      Reaction reaction;
      try {
        reaction = gateway.react(request, operationId, operation);
      } catch (RuntimeException | IOException e) {
        traffic.end();
        throw e;
      }
      deliveries.deliver(request, reaction);
    };
  }

  /** Method and path are those of the document: there is no control call beside it. */
  private void control(RoutesConfig routes, String operationId, Control operation) {
    OperationContract contract = controlApi.operation(operationId);
    routes.addHttpHandler(
        HandlerType.findOrCreate(contract.method()),
        contract.path(),
        request ->
            deliveries.write(request, ControlOperations.answer(request, contract, operation)));
  }

  private void document(RoutesConfig routes, String operationId) {
    String path = controlApi.operation(operationId).path();
    String resource = path.substring(path.lastIndexOf('/'));
    routes.get(path, page(resource, "application/yaml;charset=utf-8"));
  }

  private Handler page(String resource, String contentType) {
    byte[] bytes;
    try (InputStream in = SimulatorServer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + resource + " is missing");
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Answer answer = new Answer(200, contentType, bytes, Map.of());
    return request -> deliveries.write(request, answer);
  }

  /** The message of the exception may quote the request: only its class and place are logged. */
  private void answerBug(Exception e, Context request) {
    StackTraceElement[] trace = e.getStackTrace();
    LOG.error(
        "A request could not be answered: {} at {}",
        e.getClass().getName(),
        trace.length == 0 ? "an unknown place" : trace[0]);
    try {
      if (!request.res().isCommitted()) {
        deliveries.write(request, Errors.of(500, "The simulator failed"));
      }
    } catch (IOException gone) {
      LOG.debug("A client was gone before its answer was written: {}", gone.getClass().getName());
    }
  }
}
