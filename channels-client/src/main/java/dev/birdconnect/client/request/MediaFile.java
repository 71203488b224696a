package dev.birdconnect.client.request;

import java.util.ArrayList;
import java.util.List;
import okio.ByteString;

/**
 * A file to be uploaded, so that a message can show it (section 12 of the API reference).
 *
 * @param name the file's name
 * @param contentType its media type, such as {@code image/png}
 * @param content its bytes
 */
public record MediaFile(String name, String contentType, ByteString content) {

  /** Most bytes of a file (page of the sister API; assumption 27). */
  public static final int MOST_BYTES = 100 * 1024 * 1024;

  /**
   * Checks a file.
   *
   * @throws InvalidRequestException when the store or the API would refuse it; names what is wrong
   */
  public static MediaFile of(String name, String contentType, ByteString content)
      throws InvalidRequestException {
    List<FieldComplaint> complaints = new ArrayList<>();
    if (name.isEmpty()) {
      complaints.add(new FieldComplaint("name", "the file has no name; give it one"));
    }
    if (!isMediaType(contentType)) {
      complaints.add(
          new FieldComplaint(
              ".contentType", "it is no media type; give type and subtype as in image/png"));
    }
    if (content.size() == 0 || content.size() > MOST_BYTES) {
      complaints.add(
          new FieldComplaint(
              "content",
              "the file has " + content.size() + " bytes; it has to have 1 to " + MOST_BYTES));
    }
    if (!complaints.isEmpty()) {
      throw new InvalidRequestException(complaints);
    }
    return new MediaFile(name, contentType, content);
  }

  /**
   * Whether a text is a media type: type and subtype in visible ASCII, as far as a header can hold
   * them (RFC 9110, 8.3.1).
   */
  public static boolean isMediaType(String text) {
    String type = text.contains(";") ? text.substring(0, text.indexOf(';')) : text;
    return type.strip().matches("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")
        && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /** Type and size only: name and bytes are private. */
  @Override
  public String toString() {
    return "MediaFile[" + contentType + ", " + content.size() + " bytes]";
  }
}
