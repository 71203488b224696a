package dev.birdconnect.client.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.birdconnect.client.message.BatchReceipt;
import dev.birdconnect.client.message.ExactJson;
import dev.birdconnect.client.message.Media;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.PageOutline;
import dev.birdconnect.client.message.PageReader;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.verdict.ReadOutcome.Found;
import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import dev.birdconnect.client.verdict.ReadOutcome.Missing;
import dev.birdconnect.client.verdict.ReadOutcome.Refused;
import dev.birdconnect.client.verdict.ReadOutcome.Unavailable;
import dev.birdconnect.client.verdict.ReadOutcome.Unreadable;
import dev.birdconnect.client.verdict.Verdict.Accepted;
import dev.birdconnect.client.verdict.Verdict.Denied;
import dev.birdconnect.client.verdict.Verdict.NotProcessed;
import dev.birdconnect.client.verdict.Verdict.Rejected;
import dev.birdconnect.client.verdict.Verdict.Unknown;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import okio.Buffer;
import okio.ByteString;

/**
 * The one place where an answer or an exception becomes a verdict. No answer, however broken, leads
 * to an exception. Sources: page <i>Rate limit</i> for 429, <i>Common API usage</i> for the rest.
 */
public final class VerdictRules {

  private final ConflictRule conflictRule;

  /**
   * @param conflictRule what 409 means
   */
  public VerdictRules(ConflictRule conflictRule) {
    this.conflictRule = conflictRule;
  }

  /** The verdict on a send that was answered. */
  public Verdict ofSend(Answer answer, AddressOrigin origin) {
    return isSuccess(answer) ? accepted(answer) : refused(answer, origin);
  }

  /** The verdict on a batch that was answered. */
  public BatchVerdict ofBatch(Answer answer, AddressOrigin origin) {
    if (!isSuccess(answer)) {
      return new BatchVerdict.NotAccepted(refused(answer, origin));
    }
    try {
      return new BatchVerdict.Accepted(BatchReceipt.of(json(answer)), answer.date());
    } catch (UnreadableResourceException e) {
      return new BatchVerdict.NotAccepted(unreadable(answer, e));
    }
  }

  /** The verdict on a batch that got no answer; see {@link #ofSend(IOException, boolean)}. */
  public BatchVerdict ofBatch(IOException failure, boolean requestBegan) {
    return new BatchVerdict.NotAccepted(ofSend(failure, requestBegan));
  }

  private static boolean isSuccess(Answer answer) {
    return answer.status() >= 200 && answer.status() < 300;
  }

  private Verdict refused(Answer answer, AddressOrigin origin) {
    return refused(answer.status(), reason(answer), RetryAfter.of(answer), origin);
  }

  private Verdict refused(
      int status, Reason reason, Optional<Duration> retryAfter, AddressOrigin origin) {
    return switch (status) {
      case 400, 413, 422 -> new Rejected(reason);
      case 403, 404 -> origin == AddressOrigin.RECORD ? new Rejected(reason) : new Denied(reason);
      case 408 -> new Unknown(reason);
      case 409 ->
          switch (conflictRule) {
            case REJECT -> new Rejected(reason);
            case RETRY -> new NotProcessed(reason, Optional.empty());
            case FAIL -> new Denied(reason);
          };
      case 429 -> new NotProcessed(reason, retryAfter);
      default -> status >= 300 && status < 500 ? new Denied(reason) : new Unknown(reason);
    };
  }

  /**
   * What it means for a send that no form was given to upload its media with: what the same status
   * would mean on the send itself, but as forms make no message, nothing is left unknown.
   */
  public Verdict ofMissingForm(ReadOutcome<UploadForm> outcome, AddressOrigin origin) {
    if (outcome instanceof Missing<UploadForm> missing) {
      return withoutForm(missing.reason(), origin);
    } else if (outcome instanceof Refused<UploadForm> refused) {
      return withoutForm(refused.reason(), origin);
    } else if (outcome instanceof ReadOutcome.Denied<UploadForm> denied) {
      return withoutForm(denied.reason(), origin);
    } else if (outcome instanceof Unavailable<UploadForm> unavailable) {
      return new NotProcessed(unavailable.reason(), unavailable.retryAfter());
    } else if (outcome instanceof Unreadable<UploadForm> unreadable) {
      return new NotProcessed(unreadable.reason(), Optional.empty());
    }
    throw new IllegalArgumentException("A form was given.");
  }

  private Verdict withoutForm(Reason reason, AddressOrigin origin) {
    int status = reason.complaint().map(Complaint::status).orElse(0);
    return refused(status, reason, Optional.empty(), origin);
  }

  /** What the answer to a request that lacks everything tells about a right. */
  public Right ofProbe(Answer answer) {
    Reason reason = reason(answer);
    return switch (answer.status()) {
      case 400, 422 -> new Right.Given();
      case 401, 403 -> new Right.Denied(reason);
      default -> new Right.Untold(reason);
    };
  }

  /** What such a request tells that got no answer. */
  public Right ofProbe(IOException failure, boolean requestBegan) {
    return new Right.Untold(reason(failure, requestBegan));
  }

  /** How long an answer asks to wait, where it asks; both forms of {@code Retry-After} count. */
  public static Optional<Duration> retryAfter(Answer answer) {
    return RetryAfter.of(answer);
  }

  private static Verdict accepted(Answer answer) {
    try {
      return new Accepted(Message.of(json(answer)), answer.date());
    } catch (UnreadableResourceException e) {
      return unreadable(answer, e);
    }
  }

  private static Verdict unreadable(Answer answer, UnreadableResourceException e) {
    return new Unknown(
        Reason.of(
            "the Channels API answered "
                + answer.status()
                + ", but the answer cannot be read: "
                + e.getMessage()));
  }

  /**
   * The verdict on a send that got no answer.
   *
   * @param failure what broke it off
   * @param requestBegan whether the API may have begun to work on the request
   */
  public Verdict ofSend(IOException failure, boolean requestBegan) {
    Reason reason = reason(failure, requestBegan);
    return requestBegan ? new Unknown(reason) : new NotProcessed(reason, Optional.empty());
  }

  /** The outcome of a read that was answered. */
  public <T> ReadOutcome<T> ofRead(Answer answer, ResourceReader<T> reader) {
    return ofRead(answer, () -> reader.read(json(answer)));
  }

  /** The outcome of reading a page of messages. */
  public ReadOutcome<MessagePage> ofPage(Answer answer) {
    return ofRead(answer, () -> PageReader.read(answer.body()));
  }

  /** As {@link #ofPage}, for a page of which an outline is enough. */
  public ReadOutcome<MessagePage> ofOutlines(Answer answer) {
    return ofRead(answer, () -> MessagePage.of(json(answer, VerdictRules::outline)));
  }

  private interface BodyReader<T> {
    T read() throws UnreadableResourceException;
  }

  private static <T> ReadOutcome<T> ofRead(Answer answer, BodyReader<T> reader) {
    if (!isSuccess(answer)) {
      return refusedRead(answer);
    }
    try {
      return new Found<>(reader.read(), answer.date());
    } catch (UnreadableResourceException e) {
      return new Unreadable<>(
          Reason.of("the answer of the Channels API cannot be read: " + e.getMessage()));
    }
  }

  /** The outcome of reading a medium: its bytes are taken as they are. */
  public ReadOutcome<Media> ofMedia(Answer answer) {
    return isSuccess(answer)
        ? new Found<>(new Media(answer.contentType(), answer.body()), answer.date())
        : refusedRead(answer);
  }

  private static <T> ReadOutcome<T> refusedRead(Answer answer) {
    int status = answer.status();
    Reason reason = reason(answer);
    return switch (status) {
      case 400, 422 -> new Refused<>(reason);
      case 404 -> new Missing<>(reason);
      case 408, 429 -> new Unavailable<>(reason, RetryAfter.of(answer));
      default ->
          status >= 300 && status < 500
              ? new ReadOutcome.Denied<>(reason)
              : new Unavailable<>(reason, RetryAfter.of(answer));
    };
  }

  /** The outcome of an upload that was answered. What a store writes is not repeated. */
  public UploadOutcome ofUpload(Answer answer) {
    int status = answer.status();
    Reason reason = Reason.of("the store answered " + status);
    if (isSuccess(answer)) {
      return new UploadOutcome.Stored();
    }
    return status >= 300 && status < 500 && status != 408 && status != 429
        ? new UploadOutcome.Refused(reason)
        : new UploadOutcome.Unavailable(reason);
  }

  /** The outcome of an upload that got no answer. */
  public UploadOutcome ofUpload(IOException failure, boolean requestBegan) {
    return new UploadOutcome.Unavailable(reason(failure, requestBegan));
  }

  /** The outcome of a read that got no answer. */
  public <T> ReadOutcome<T> ofRead(IOException failure, boolean requestBegan) {
    return new Unavailable<>(
        reason(failure, requestBegan), Optional.empty(), hindrance(failure, requestBegan));
  }

  /** A time-out, of a read or of the whole call, is an interrupted one. */
  private static Hindrance hindrance(IOException failure, boolean requestBegan) {
    if (failure instanceof AnswerTooLongException) {
      return Hindrance.TOO_LONG;
    }
    return requestBegan && failure instanceof InterruptedIOException
        ? Hindrance.TOO_SLOW
        : Hindrance.OTHER;
  }

  private static Reason reason(Answer answer) {
    return Reason.of(Complaint.of(answer.status(), json(answer)));
  }

  /** The kind of failure only: messages of network exceptions may carry addresses. */
  private static Reason reason(IOException failure, boolean requestBegan) {
    if (failure instanceof AnswerTooLongException) {
      return Reason.of(String.valueOf(failure.getMessage()));
    }
    return Reason.of(
        (requestBegan ? "the request left, but no answer came (" : "the request could not leave (")
            + failure.getClass().getSimpleName()
            + ")");
  }

  private static JsonNode json(Answer answer) {
    return json(answer, ExactJson::read);
  }

  private interface JsonReader {
    JsonNode read(ByteString json) throws IOException;
  }

  private static JsonNode json(Answer answer, JsonReader reader) {
    try {
      return reader.read(answer.body());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Reads a page where it lies: in one piece it is too large for the young generation. */
  private static JsonNode outline(ByteString json) throws IOException {
    try (Buffer body = new Buffer().write(json)) {
      return PageOutline.read(body.inputStream());
    }
  }

  /**
   * Reads a resource from an answer.
   *
   * @param <T> the resource
   */
  public interface ResourceReader<T> {

    /**
     * Reads it.
     *
     * @throws UnreadableResourceException when the tree is not such a resource
     */
    T read(JsonNode tree) throws UnreadableResourceException;
  }
}
