/** The operations over HTTP: access, limits, checks, answers, control calls and the inbox page. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.http;
