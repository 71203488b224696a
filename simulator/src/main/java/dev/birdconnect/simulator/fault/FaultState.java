package dev.birdconnect.simulator.fault;

/**
 * A rule and what became of it.
 *
 * @param id by which it can be removed
 * @param rule the rule
 * @param struck how many requests met it so far
 */
public record FaultState(String id, FaultRule rule, long struck) {}
