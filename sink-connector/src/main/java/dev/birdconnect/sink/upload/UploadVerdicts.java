package dev.birdconnect.sink.upload;

import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.sink.delivery.Prepared.NotReady;
import dev.birdconnect.sink.delivery.Prepared.Place;
import java.time.Duration;
import java.util.Optional;

/**
 * What an upload that failed means for the send that needs it. No message was made, so it may be
 * repeated. A store that answers 4xx may refuse this file, or everything for a while (a proxy, a
 * clock, an outage of its own); no status tells which. So a file is rejected only when the store
 * has refused it {@value #MOST_REFUSALS} times, each time with a fresh form and a while after the
 * time before, and a store never stops the task.
 */
final class UploadVerdicts {

  static final int MOST_REFUSALS = 5;
  static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(15);

  private final VerdictRules rules;

  /**
   * @param rules what answers of the API mean
   */
  UploadVerdicts(VerdictRules rules) {
    this.rules = rules;
  }

  /**
   * The verdict on the send.
   *
   * @param path the place of the medium, as complaints write it
   * @param origin where the send's address comes from
   */
  NotReady of(UploadEnd end, String path, AddressOrigin origin) {
    if (end instanceof UploadEnd.NoForm noForm) {
      return new NotReady(at(path, rules.ofMissingForm(noForm.outcome(), origin)), Place.API);
    } else if (end instanceof UploadEnd.Refused refused) {
      return new NotReady(refused(refused, path), Place.ELSEWHERE);
    } else if (end instanceof UploadEnd.Unavailable unavailable) {
      return new NotReady(
          new Verdict.NotProcessed(at(path, unavailable.reason()), Optional.empty()),
          Place.ELSEWHERE);
    }
    throw new IllegalArgumentException("The medium was uploaded.");
  }

  private static Verdict refused(UploadEnd.Refused end, String path) {
    return end.times() < MOST_REFUSALS
        ? new Verdict.NotProcessed(at(path, end.reason()), Optional.of(AFTER_A_REFUSAL))
        : new Verdict.Rejected(
            Reason.of(
                path
                    + ": the store refused the media "
                    + end.times()
                    + " times, each time with a fresh form ("
                    + end.reason()
                    + "); check its type and size"));
  }

  private static Verdict at(String path, Verdict verdict) {
    if (verdict instanceof Verdict.Rejected rejected) {
      return new Verdict.Rejected(at(path, rejected.reason()));
    } else if (verdict instanceof Verdict.Denied denied) {
      return new Verdict.Denied(at(path, denied.reason()));
    }
    return verdict;
  }

  private static Reason at(String path, Reason reason) {
    return new Reason(
        path + ": the media could not be uploaded: " + reason.sentence(), reason.complaint());
  }
}
