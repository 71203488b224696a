package dev.birdconnect.sink.media;

import java.net.URLConnection;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * Recognises the media types that messages carry: by the first bytes as the MIME Sniffing standard
 * of WHATWG lists them, and by the ending of a file's name as the Java runtime does. A container
 * that many types share (ZIP, XML, text) is not recognised by its bytes.
 */
final class ContentTypes {

  private static final int BRAND_AT = 8;

  /**
   * Bytes that tell a type.
   *
   * @param offset where they stand
   * @param bytes the bytes
   * @param type the type
   */
  private record Signature(int offset, ByteString bytes, String type) {
    static Signature of(String type, int offset, String hex) {
      return new Signature(offset, ByteString.decodeHex(hex), type);
    }

    static Signature text(String type, int offset, String text) {
      return new Signature(offset, ByteString.encodeUtf8(text), type);
    }

    boolean fits(ByteString content) {
      return content.rangeEquals(offset, bytes, 0, bytes.size());
    }
  }

  private static final List<Signature> SIGNATURES =
      List.of(
          Signature.of("image/png", 0, "89504e470d0a1a0a"),
          Signature.of("image/jpeg", 0, "ffd8ff"),
          Signature.text("image/gif", 0, "GIF87a"),
          Signature.text("image/gif", 0, "GIF89a"),
          Signature.text("application/pdf", 0, "%PDF-"),
          Signature.of("audio/ogg", 0, "4f67675300"),
          Signature.text("audio/mpeg", 0, "ID3"),
          Signature.of("audio/mpeg", 0, "fffb"),
          Signature.text("audio/amr", 0, "#!AMR\n"),
          Signature.of("video/webm", 0, "1a45dfa3"));

  private static final List<Signature> RIFF =
      List.of(
          Signature.text("image/webp", BRAND_AT, "WEBP"),
          Signature.text("audio/wav", BRAND_AT, "WAVE"));

  private static final List<Signature> BRANDS =
      List.of(
          Signature.text("video/3gpp", BRAND_AT, "3g"),
          Signature.text("video/quicktime", BRAND_AT, "qt  "),
          Signature.text("audio/mp4", BRAND_AT, "M4A"),
          Signature.text("image/heic", BRAND_AT, "heic"),
          Signature.text("image/avif", BRAND_AT, "avif"));

  private static final ByteString RIFF_START = ByteString.encodeUtf8("RIFF");
  private static final ByteString FTYP = ByteString.encodeUtf8("ftyp");
  private static final int FTYP_AT = 4;

  private ContentTypes() {}

  /** The type that the first bytes tell. */
  static Optional<String> of(ByteString content) {
    if (content.rangeEquals(FTYP_AT, FTYP, 0, FTYP.size())) {
      return Optional.of(first(BRANDS, content).orElse("video/mp4"));
    }
    return first(content.startsWith(RIFF_START) ? RIFF : SIGNATURES, content);
  }

  private static Optional<String> first(List<Signature> signatures, ByteString content) {
    return signatures.stream()
        .filter(signature -> signature.fits(content))
        .map(Signature::type)
        .findFirst();
  }

  /** The type that a file's name tells. */
  static Optional<String> ofName(String name) {
    return Optional.ofNullable(URLConnection.guessContentTypeFromName(name));
  }
}
