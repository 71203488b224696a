package dev.birdconnect.client.http;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that make calls, as many as there are calls at a time. In a steady flow the end of
 * each call starts another one: that one is made by the same thread when it is through with the
 * first, as waking another thread costs about as much as sending.
 */
final class CallThreads extends ThreadPoolExecutor {

  private static final class CallThread extends Thread {
    private final CallThreads owner;
    private @Nullable Runnable following;

    CallThread(CallThreads owner, Runnable worker, String name) {
      super(worker, name);
      this.owner = owner;
      setDaemon(true);
    }

    private @Nullable Runnable takeFollowing() {
      Runnable taken = following;
      following = null;
      return taken;
    }
  }

  /**
   * @param name what the names of the threads begin with
   * @param idle how long a thread waits for another call before it ends
   */
  CallThreads(String name, Duration idle) {
    super(0, Integer.MAX_VALUE, idle.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>());
    AtomicInteger count = new AtomicInteger();
    setThreadFactory(worker -> new CallThread(this, worker, name + count.incrementAndGet()));
  }

  @Override
  public void execute(Runnable call) {
    if (Thread.currentThread() instanceof CallThread thread
        && thread.owner == this
        && thread.following == null
        && !isShutdown()) {
      thread.following = call;
    } else {
      super.execute(call);
    }
  }

  @Override
  protected void afterExecute(Runnable call, @Nullable Throwable failure) {
    CallThread thread = (CallThread) Thread.currentThread();
    try {
      for (Runnable next = thread.takeFollowing(); next != null; next = thread.takeFollowing()) {
        next.run();
      }
    } finally {
      Runnable left = thread.takeFollowing();
      if (left != null) {
        super.execute(left);
      }
    }
  }
}
