package dev.birdconnect.client;

import dev.birdconnect.client.http.RawServer.End;
import dev.birdconnect.client.http.RawServer.Script;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import okio.Buffer;
import okio.ByteString;
import okio.GzipSink;

/** Answers over HTTP/1.1, good ones and ones that are broken in some part. */
final class WireAnswers {

  private static final Arbitrary<Integer> STATUSES =
      Arbitraries.oneOf(
          Arbitraries.of(
              200, 202, 204, 205, 301, 307, 400, 401, 403, 404, 407, 408, 409, 413, 421, 422, 429,
              500, 502, 503),
          Arbitraries.integers().between(100, 999));

  private static final Arbitrary<String> HEADERS =
      Arbitraries.of(
          "Content-Type: application/json",
          "Content-Type: ;;;",
          "Date: Sat, 01 Mar 2031 13:00:05 GMT",
          "Date: never",
          "Retry-After: 0",
          "Retry-After: Sat, 01 Mar 2031 13:00:05 GMT",
          "Retry-After: -99999999999999999999",
          "Location: /elsewhere/" + AnyBody.PRIVATE,
          "Location: gopher://" + AnyBody.PRIVATE,
          "WWW-Authenticate: Basic realm=\"" + AnyBody.PRIVATE + "\"",
          "Proxy-Authenticate: Basic",
          "Connection: close",
          "Connection: upgrade",
          "Keep-Alive: timeout=99999999999999999999",
          "Content-Encoding: gzip",
          "Content-Encoding: " + AnyBody.PRIVATE,
          "Content-Length: 0",
          "Content-Length: 7",
          "Content-Length: -7",
          "Content-Length: 99999999999999999999",
          "Content-Length: " + AnyBody.PRIVATE,
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: " + AnyBody.PRIVATE,
          "Set-Cookie: a=" + AnyBody.PRIVATE,
          "no colon, but " + AnyBody.PRIVATE,
          ": no name",
          " folded: " + AnyBody.PRIVATE,
          "Nul\0\u00ff: \u00ff\u00fe\0",
          "Long: " + "x".repeat(300_000),
          "Many: x\r\n".repeat(5_000) + "Many: x");

  private WireAnswers() {}

  /** What a server may write, cut at any place, with any of its bytes replaced. */
  static Arbitrary<Script> scripts() {
    Arbitrary<Double> cuts =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(1.0)), Tuple.of(1, Arbitraries.doubles().between(0, 1)));
    Arbitrary<List<Integer>> replaced =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(List.of())),
            Tuple.of(1, Arbitraries.integers().between(0, 0xff_ff).list().ofMaxSize(3)));
    return Combinators.combine(whole(), cuts, replaced, Arbitraries.of(End.CLOSED, End.RESET))
        .as((bytes, cut, places, end) -> new Script(broken(bytes, cut, places), end));
  }

  private static ByteString broken(byte[] whole, double cut, List<Integer> replaced) {
    byte[] bytes = Arrays.copyOf(whole, (int) (whole.length * cut));
    for (int place : replaced) {
      int at = place >> 8;
      if (at < bytes.length) {
        bytes[at] = (byte) place;
      }
    }
    return ByteString.of(bytes);
  }

  private static Arbitrary<byte[]> whole() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just("")),
                Tuple.of(1, statusLines().map(line -> line + "\r\n\r\n"))),
            statusLines(),
            HEADERS.list().ofMaxSize(3),
            framed())
        .as(
            (before, statusLine, headers, body) -> {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              bytes.writeBytes(bytes(before + statusLine + "\r\n"));
              headers.forEach(header -> bytes.writeBytes(bytes(header + "\r\n")));
              bytes.writeBytes(body);
              return bytes.toByteArray();
            });
  }

  private static Arbitrary<String> statusLines() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, STATUSES.map(status -> "HTTP/1.1 " + status + " " + AnyBody.PRIVATE)),
        Tuple.of(
            1,
            Arbitraries.of(
                "",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 2",
                "HTTP/1.1 20",
                "HTTP/1.1 -12 " + AnyBody.PRIVATE,
                "HTTP/1.1 +20",
                "HTTP/1.1 20x",
                "HTTP/1.1 2000",
                "HTTP/1.0 200",
                "HTTP/9.9 200 OK",
                "HTTP/2 200",
                "http/1.1 200 OK",
                "ICY 200 OK",
                "HTTP/1.1 103 Early Hints",
                "HTTP/1.1 100 Continue",
                "HTTP/1.1 101 Switching Protocols",
                "\0\u00ff",
                AnyBody.PRIVATE,
                "x".repeat(300_000))));
  }

  /** The last headers, the empty line and a body in one of the ways bodies are framed. */
  private static Arbitrary<byte[]> framed() {
    Arbitrary<String> sizes = Arbitraries.of("", "-1", "zz", "fffffffffffffffff", "5;ext", "0");
    return Arbitraries.oneOf(
        AnyBody.bodies().map(body -> joined("\r\n", body, "")),
        AnyBody.bodies().map(body -> joined(length(body.length), body, "")),
        AnyBody.bodies().map(body -> joined(length(body.length + 1), body, "")),
        AnyBody.bodies().map(body -> joined(length(body.length / 2), body, "")),
        AnyBody.bodies().map(body -> joined(chunked(body.length), body, "\r\n0\r\n\r\n")),
        AnyBody.bodies()
            .map(body -> joined(chunked(body.length), body, "\r\n0\r\nTrailer\r\n\r\n")),
        AnyBody.bodies().map(body -> joined(chunked(body.length + 2), body, "\r\n0\r\n\r\n")),
        Combinators.combine(AnyBody.bodies(), sizes)
            .as((body, size) -> joined(chunked(body.length), body, "\r\n" + size + "\r\n")),
        AnyBody.bodies().map(WireAnswers::packed));
  }

  private static byte[] packed(byte[] body) {
    Buffer buffer = new Buffer();
    try (GzipSink gzip = new GzipSink(buffer)) {
      gzip.write(new Buffer().write(body), body.length);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    byte[] bytes = buffer.readByteArray();
    return joined("Content-Encoding: gzip\r\n" + length(bytes.length), bytes, "");
  }

  private static String length(int length) {
    return "Content-Length: " + length + "\r\n\r\n";
  }

  private static String chunked(int size) {
    return "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(size) + "\r\n";
  }

  private static byte[] joined(String before, byte[] body, String after) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes(before));
    bytes.writeBytes(body);
    bytes.writeBytes(bytes(after));
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
