package dev.birdconnect.client.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Several sends in one request (page <i>Send batch messages</i>): 1 to {@value #MOST} of them, and
 * together at most {@value #MOST_BYTES} bytes as they leave. Immutable.
 */
public final class BatchRequest {

  /** Most sends of a batch. */
  public static final int MOST = 100;

  /**
   * Most bytes of a request. The API says 200 KB without saying how long a KB is (assumption 11);
   * this is the shorter one.
   */
  public static final int MOST_BYTES = 200_000;

  private static final int BYTES_OF_A_SEND = 512;
  private static final byte[] HEAD = "{\"messageRequests\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

  private final List<SendRequest> requests;
  private final byte[] json;

  private BatchRequest(List<SendRequest> requests) {
    this.requests = List.copyOf(requests);
    this.json = json(this.requests);
  }

  /**
   * Puts sends into a batch, in their order.
   *
   * @throws InvalidRequestException when there are none, too many, or they are too long together
   */
  public static BatchRequest of(List<SendRequest> requests) throws InvalidRequestException {
    List<FieldComplaint> complaints = new ArrayList<>();
    if (requests.isEmpty() || requests.size() > MOST) {
      complaints.add(
          new FieldComplaint(
              ".messageRequests",
              "there are " + requests.size() + " sends; a batch takes 1 to " + MOST));
    }
    BatchRequest batch = new BatchRequest(complaints.isEmpty() ? requests : List.of());
    if (complaints.isEmpty()) {
      int bytes = batch.json.length;
      if (bytes > MOST_BYTES) {
        complaints.add(
            new FieldComplaint(
                ".messageRequests",
                "the sends have "
                    + bytes
                    + " bytes together, but a request takes "
                    + MOST_BYTES
                    + "; make the batch smaller"));
      }
    }
    if (!complaints.isEmpty()) {
      throw new InvalidRequestException(complaints);
    }
    return batch;
  }

  /**
   * Bytes that a batch has beside those of its sends, to find out what still fits.
   *
   * @param sends how many sends it has
   */
  public static int overhead(int sends) {
    return HEAD.length + TAIL.length + Math.max(0, sends - 1);
  }

  /** The sends, in their order. */
  public List<SendRequest> requests() {
    return requests;
  }

  /** The request's body as the API takes it, in UTF-8. */
  public byte[] toJson() {
    return json.clone();
  }

  private static byte[] json(List<SendRequest> requests) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(BYTES_OF_A_SEND * requests.size());
    json.writeBytes(HEAD);
    for (int i = 0; i < requests.size(); i++) {
      if (i > 0) {
        json.write(',');
      }
      requests.get(i).writeTo(json);
    }
    json.writeBytes(TAIL);
    return json.toByteArray();
  }

  /** The number of sends only: their content is private. */
  @Override
  public String toString() {
    return "BatchRequest[" + requests.size() + " sends]";
  }
}
