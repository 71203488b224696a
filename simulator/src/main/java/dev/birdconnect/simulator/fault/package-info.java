/** Misbehaviour on request: which request meets which fault. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.fault;
