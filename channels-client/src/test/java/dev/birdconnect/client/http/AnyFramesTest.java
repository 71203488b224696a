package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.AnyBody;
import dev.birdconnect.client.http.HttpExchange.Broken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.ByteString;

/** Whatever frames a server of HTTP/2 writes before it hangs up, a POST ends as it should. */
class AnyFramesTest {

  private static final ByteString REFUSED_STREAM = ByteString.decodeHex("00000007");
  private static final int OWN_STREAM = -1;
  private static final int MOST_CALLS = 20;

  private static final Queue<Throwable> THROWN = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger REQUESTS = new AtomicInteger();
  private static volatile List<Frame> frames = List.of();
  private static FrameServer server;
  private static HttpTransport transport;
  private static Thread.UncaughtExceptionHandler before;

  /** A frame to write; {@link #OWN_STREAM} stands for the stream of the request. */
  record Frame(int type, int flags, int stream, ByteString payload) {

    /** Whether it may say that the request was not worked on. */
    private boolean refuses() {
      return type == FrameServer.GOAWAY
          || (type == FrameServer.RST_STREAM && payload.startsWith(REFUSED_STREAM));
    }
  }

  @BeforeContainer
  static void start() throws Exception {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> THROWN.add(thrown));
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    server =
        new FrameServer(
            new HandshakeCertificates.Builder().heldCertificate(certificate).build(),
            100,
            AnyFramesTest::react);
    Path folder = Files.createTempDirectory("any-frames");
    transport =
        new HttpTransport(
            Transports.settings(
                URI.create("https://localhost:" + server.port()),
                Optional.empty(),
                Transports.trusting(folder, certificate),
                4));
    Files.delete(folder.resolve("trust.p12"));
    Files.delete(folder);
  }

  @AfterContainer
  static void stop() throws IOException {
    transport.close();
    server.close();
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private static void react(FrameServer.Connection connection, int stream) throws IOException {
    REQUESTS.incrementAndGet();
    for (Frame frame : frames) {
      connection.frame(
          frame.type(),
          frame.flags(),
          frame.stream() == OWN_STREAM ? stream : frame.stream(),
          frame.payload().toByteArray());
    }
    connection.cut();
  }

  @Provide
  Arbitrary<List<Frame>> anyFrames() {
    Arbitrary<Integer> types = Arbitraries.integers().between(0, 12);
    Arbitrary<Integer> flags =
        Arbitraries.oneOf(
            Arbitraries.of(0, 1, 4, 5, 8, 0x20), Arbitraries.integers().between(0, 255));
    Arbitrary<Integer> streams =
        Arbitraries.oneOf(
            Arbitraries.just(OWN_STREAM), Arbitraries.of(0, 2, 1_000_001, Integer.MAX_VALUE));
    Arbitrary<Frame> any =
        Combinators.combine(types, flags, streams, payloads())
            .as((type, flag, stream, payload) -> new Frame(type, flag, stream, payload));
    Arbitrary<Frame> answers =
        Combinators.combine(Arbitraries.of(0, 4, 5), payloads())
            .as((flag, payload) -> new Frame(FrameServer.HEADERS, flag, OWN_STREAM, payload));
    Arbitrary<Frame> resets =
        Arbitraries.integers()
            .between(0, 14)
            .map(
                code ->
                    new Frame(
                        FrameServer.RST_STREAM,
                        0,
                        OWN_STREAM,
                        new Buffer().writeInt(code).readByteString()));
    return Arbitraries.oneOf(any, answers, resets).list().ofMaxSize(5);
  }

  private static Arbitrary<ByteString> payloads() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            headers(0x88),
            headers(0x8d),
            headers(0x80),
            headers(0x88, 0x88),
            literal(":status", "202"),
            literal(":status", "429"),
            literal(":status", "-12"),
            literal(":status", AnyBody.PRIVATE),
            literal(":unheard-of", AnyBody.PRIVATE),
            literal("UPPER", AnyBody.PRIVATE),
            literal("content-length", "-1"),
            literal("", ""),
            headers(0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
            headers(0x40, 0x85, 0xff, 0xff)),
        AnyBody.bodies().map(ByteString::of),
        Arbitraries.of(0, 4, 8, 17_000).map(size -> ByteString.of(new byte[size])));
  }

  private static ByteString headers(int... packed) {
    Buffer buffer = new Buffer();
    for (int one : packed) {
      buffer.writeByte(one);
    }
    return buffer.readByteString();
  }

  /** A field that is not indexed (RFC 7541, 6.2.2). */
  private static ByteString literal(String name, String value) {
    Buffer buffer = new Buffer().writeByte(0);
    for (String text : List.of(name, value)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      buffer.writeByte(bytes.length).write(bytes);
    }
    return buffer.readByteString();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aPostThatHasLeftIsNotTakenForOneThatHasNot(@ForAll("anyFrames") List<Frame> written) {
    frames = written;
    int requests = REQUESTS.get();
    HttpExchange exchange = Transports.post(transport);
    for (int i = 0; i < MOST_CALLS && REQUESTS.get() == requests; i++) {
      exchange = Transports.post(transport);
    }
    assertThat(REQUESTS.get()).as("it was answered").isGreaterThan(requests);
    assertThat(THROWN).as("thrown on threads of the client").isEmpty();
    if (exchange instanceof Broken broken && !broken.requestBegan()) {
      assertThat(written).anyMatch(Frame::refuses);
    }
  }
}
