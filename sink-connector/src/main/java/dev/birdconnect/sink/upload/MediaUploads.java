package dev.birdconnect.sink.upload;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.MediaApi;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.upload.UploadEnd.NoForm;
import dev.birdconnect.sink.upload.UploadEnd.Refused;
import dev.birdconnect.sink.upload.UploadEnd.Unavailable;
import dev.birdconnect.sink.upload.UploadEnd.Uploaded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of a task, bounded in number and bytes. Equal media share one: those under way are
 * waited for, those of a short time ago are known. Bytes are asked for when an upload begins, so
 * that only those under way are held. Safe for use by several threads.
 */
public final class MediaUploads {

  /** Most media of failed uploads whose form or refusals are remembered. */
  private static final int MOST_UNFINISHED = 1024;

  private final MediaApi api;
  private final UploadBounds bounds;
  private final LongSupplier nanoTime;
  private final UploadObserver observer;
  private final MediaCache cache;
  private final Map<MediaKey, Unfinished> unfinished = new BoundedMap<>(MOST_UNFINISHED);
  private final Map<MediaKey, Wanted> wanted = new HashMap<>();
  private final Queue<Wanted> queue = new ArrayDeque<>();
  private int running;
  private long runningBytes;

  /** What earlier tries have left: a form, or refusals. */
  private record Unfinished(Optional<UploadForm> form, int refusals) {
    private static final Unfinished NOTHING = new Unfinished(Optional.empty(), 0);
  }

  /** A medium that sends wait for. */
  private static final class Wanted {
    private final MediaKey key;
    private final long size;
    private final SingleUpload upload;
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean begun;
    private long begunAt;

    private Wanted(MediaKey key, long size, SingleUpload upload) {
      this.key = key;
      this.size = size;
      this.upload = upload;
    }
  }

  /** A send that waits. */
  private final class Waiter implements ApiCall<UploadEnd> {
    private final MediaKey key;
    private final CompletableFuture<UploadEnd> end = new CompletableFuture<>();

    private Waiter(MediaKey key) {
      this.key = key;
    }

    @Override
    public CompletionStage<UploadEnd> outcome() {
      return end;
    }

    @Override
    public void cancel() {
      giveUp(this);
    }
  }

  /**
   * @param api where forms come from and files go
   * @param bounds how much uploads may take
   * @param nanoTime a clock that only goes forward
   * @param observer is told what happens
   */
  public MediaUploads(
      MediaApi api, UploadBounds bounds, LongSupplier nanoTime, UploadObserver observer) {
    this.api = api;
    this.bounds = bounds;
    this.nanoTime = nanoTime;
    this.observer = observer;
    this.cache = new MediaCache(bounds.cacheEntries(), bounds.cacheAge());
  }

  /**
   * Uploads a medium, unless an equal one was uploaded or is under way.
   *
   * @param content gives the bytes when they are needed
   */
  ApiCall<UploadEnd> upload(MediaKey key, long size, Supplier<ByteString> content) {
    Waiter waiter = new Waiter(key);
    Optional<String> known;
    List<Wanted> starts = List.of();
    synchronized (this) {
      known = cache.get(key, nanoTime.getAsLong());
      if (known.isEmpty()) {
        Wanted medium = wanted.get(key);
        if (medium == null) {
          medium = new Wanted(key, size, new SingleUpload(api, observer, key, content));
          wanted.put(key, medium);
          queue.add(medium);
        }
        medium.waiters.add(waiter);
        starts = startable();
      }
    }
    known.ifPresent(
        mediaUrl -> {
          observer.shared();
          waiter.end.complete(new Uploaded(mediaUrl, false));
        });
    starts.forEach(this::begin);
    return waiter;
  }

  private List<Wanted> startable() {
    List<Wanted> starts = new ArrayList<>();
    for (Wanted next = queue.peek(); next != null && fits(next); next = queue.peek()) {
      queue.remove();
      running++;
      runningBytes += next.size;
      next.begun = true;
      next.begunAt = nanoTime.getAsLong();
      starts.add(next);
    }
    return starts;
  }

  private boolean fits(Wanted next) {
    return running < bounds.uploads()
        && (running == 0 || runningBytes + next.size <= bounds.bytes());
  }

  private void begin(Wanted medium) {
    CompletableFuture<SingleUpload.Result> result;
    try {
      result = medium.upload.begin(left(medium.key).form());
    } catch (RuntimeException e) {
      result = CompletableFuture.failedFuture(e);
    }
    var unused = result.whenComplete((end, error) -> ended(medium, end, error));
  }

  private synchronized Unfinished left(MediaKey key) {
    return unfinished.getOrDefault(key, Unfinished.NOTHING);
  }

  private void ended(
      Wanted medium, SingleUpload.@Nullable Result result, @Nullable Throwable error) {
    List<Waiter> waiters;
    List<Wanted> starts;
    Optional<UploadEnd> end;
    long took;
    synchronized (this) {
      long now = nanoTime.getAsLong();
      took = now - medium.begunAt;
      running--;
      runningBytes -= medium.size;
      wanted.remove(medium.key, medium);
      waiters = List.copyOf(medium.waiters);
      end = Optional.ofNullable(result).map(one -> note(medium.key, one, now));
      starts = startable();
    }
    boolean uploaded = end.isPresent() && end.get() instanceof Uploaded;
    if (uploaded) {
      observer.uploaded(medium.size, took);
    } else {
      observer.failed();
    }
    for (int i = 0; i < waiters.size(); i++) {
      if (uploaded && i > 0) {
        observer.shared();
      }
      Waiter waiter = waiters.get(i);
      end.ifPresentOrElse(
          waiter.end::complete,
          () ->
              waiter.end.completeExceptionally(
                  error == null ? new IllegalStateException() : error));
    }
    starts.forEach(this::begin);
  }

  private UploadEnd note(MediaKey key, SingleUpload.Result result, long now) {
    if (result instanceof SingleUpload.Result.Stored stored) {
      unfinished.remove(key);
      cache.put(key, stored.mediaUrl(), now);
      return new Uploaded(stored.mediaUrl(), true);
    } else if (result instanceof SingleUpload.Result.NoForm none) {
      return new NoForm(none.outcome());
    }
    int refusals = left(key).refusals();
    if (result instanceof SingleUpload.Result.Unavailable unavailable) {
      unfinished.put(key, new Unfinished(Optional.of(unavailable.form()), refusals));
      return new Unavailable(unavailable.reason());
    }
    SingleUpload.Result.Refused refused = (SingleUpload.Result.Refused) result;
    unfinished.put(key, new Unfinished(Optional.empty(), refusals + 1));
    return new Refused(refused.reason(), refusals + 1);
  }

  private void giveUp(Waiter waiter) {
    Optional<SingleUpload> unwanted = Optional.empty();
    synchronized (this) {
      Wanted medium = wanted.get(waiter.key);
      if (medium != null && medium.waiters.remove(waiter) && medium.waiters.isEmpty()) {
        wanted.remove(waiter.key);
        queue.remove(medium);
        unwanted = Optional.of(medium.upload).filter(upload -> medium.begun);
      }
    }
    unwanted.ifPresent(SingleUpload::cancel);
    waiter.end.complete(new Unavailable(Reason.of("the upload was given up")));
  }

  /** Forgets where a medium was uploaded to: it cannot be read there. */
  synchronized void forget(MediaKey key) {
    cache.remove(key);
  }

  /** Forgets how often the store refused a medium. */
  synchronized void forgive(MediaKey key) {
    unfinished.remove(key);
  }
}
