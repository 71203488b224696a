package dev.birdconnect.client.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.client.rate.RateBudgets.Method;
import org.junit.jupiter.api.Test;

class RateBudgetsTest {

  private final RateBudgets budgets = new RateBudgets();

  @Test
  void oneBudgetPerHostWorkspaceAndMethod() {
    try (RateBudget.Share first = budgets.join("a:443", "w1", Method.POST, 10);
        RateBudget.Share same = budgets.join("a:443", "w1", Method.POST, 10);
        RateBudget.Share otherMethod = budgets.join("a:443", "w1", Method.GET, 10);
        RateBudget.Share otherWorkspace = budgets.join("a:443", "w2", Method.POST, 10);
        RateBudget.Share otherHost = budgets.join("b:443", "w1", Method.POST, 10)) {
      assertThat(same.budget()).isSameAs(first.budget());
      assertThat(otherMethod.budget()).isNotSameAs(first.budget());
      assertThat(otherWorkspace.budget()).isNotSameAs(first.budget());
      assertThat(otherHost.budget()).isNotSameAs(first.budget());
    }
  }

  @Test
  void permitsComeFromTheTimerThreadWhichEndsWithTheLastUser() {
    try (RateBudget.Share share = budgets.join("a:443", "w1", Method.POST, 100)) {
      for (int i = 0; i < 20; i++) {
        assertThat(share.acquire()).succeedsWithin(java.time.Duration.ofSeconds(5));
      }
      assertThat(timerThreads()).isPositive();
    }
    await().until(() -> timerThreads() == 0);
    try (RateBudget.Share again = budgets.join("a:443", "w1", Method.POST, 100)) {
      for (int i = 0; i < 20; i++) {
        assertThat(again.acquire()).succeedsWithin(java.time.Duration.ofSeconds(5));
      }
    }
  }

  private static long timerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("bird-rate-budget"))
        .count();
  }
}
