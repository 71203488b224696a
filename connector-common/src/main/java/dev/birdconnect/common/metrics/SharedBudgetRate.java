package dev.birdconnect.common.metrics;

import dev.birdconnect.client.rate.RateBudget;
import dev.birdconnect.client.rate.RateBudgets;

/**
 * Reads the rate off the budget that the tasks of a worker share. It takes part in the budget with
 * the rate that its task has, so it changes nothing, and asks for no permit.
 */
public final class SharedBudgetRate implements AllowedRate {

  private final RateBudget.Share share;

  /**
   * @param host host and port of the API
   * @param workspaceId the workspace
   * @param method GET or POST
   * @param perSecond the rate that the task was told to keep to
   */
  public SharedBudgetRate(
      String host, String workspaceId, RateBudgets.Method method, double perSecond) {
    this.share = RateBudgets.shared().join(host, workspaceId, method, perSecond);
  }

  @Override
  public double perSecond() {
    return share.budget().currentRate();
  }

  @Override
  public void close() {
    share.close();
  }
}
