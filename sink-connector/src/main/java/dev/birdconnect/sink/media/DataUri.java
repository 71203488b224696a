package dev.birdconnect.sink.media;

import dev.birdconnect.sink.field.UnfitRecordException;
import java.nio.charset.StandardCharsets;
import okio.Buffer;
import okio.ByteString;

/**
 * A {@code data:} URI (RFC 2397): bytes in base64 or percent-encoded. Line breaks and the alphabet
 * for URLs are taken in base64 too. A media type that is left out counts as not told, rather than
 * as plain text, since base64 of fields stands without one.
 *
 * @param contentType the media type; empty when it is not told
 * @param content the bytes
 */
public record DataUri(String contentType, ByteString content) {

  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";
  private static final int HEX = 16;

  /** Whether a text is meant as a data URI. */
  public static boolean isOne(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * Reads a data URI.
   *
   * @throws UnfitRecordException when it cannot be read; says why, and never what
   */
  public static DataUri parse(String text) throws UnfitRecordException {
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new UnfitRecordException(
          "the data URI has no comma; write data:image/png;base64, and then the bytes");
    }
    String type = text.substring(SCHEME.length(), comma);
    boolean base64 =
        type.regionMatches(true, type.length() - BASE64.length(), BASE64, 0, BASE64.length());
    String data = text.substring(comma + 1);
    ByteString bytes = base64 ? ByteString.decodeBase64(plain(data)) : unescaped(data);
    if (bytes == null) {
      throw new UnfitRecordException(
          "the data URI is not base64 after its comma; encode the bytes, or leave out ;base64");
    }
    String told = base64 ? type.substring(0, type.length() - BASE64.length()) : type;
    return new DataUri(told.startsWith(";") ? "" : told.strip(), bytes);
  }

  private static String plain(String data) throws UnfitRecordException {
    return data.indexOf('%') < 0 ? data : unescaped(data).utf8();
  }

  private static ByteString unescaped(String data) throws UnfitRecordException {
    Buffer bytes = new Buffer();
    int at = 0;
    while (at < data.length()) {
      int percent = data.indexOf('%', at);
      int end = percent < 0 ? data.length() : percent;
      bytes.writeString(data, at, end, StandardCharsets.UTF_8);
      at = end;
      if (percent >= 0) {
        int high = hex(data, at + 1);
        int low = hex(data, at + 2);
        if (high < 0 || low < 0) {
          throw new UnfitRecordException(
              "a percent sign in the data URI has no two hexadecimal digits; write %25 for one");
        }
        bytes.writeByte(high * HEX + low);
        at += 3;
      }
    }
    return bytes.readByteString();
  }

  private static int hex(String data, int at) {
    return at < data.length() ? Character.digit(data.charAt(at), HEX) : -1;
  }

  /** Type and size only: the bytes are private. */
  @Override
  public String toString() {
    return "DataUri[" + contentType + ", " + content.size() + " bytes]";
  }
}
