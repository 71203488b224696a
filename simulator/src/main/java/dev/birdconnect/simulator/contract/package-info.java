/** The OpenAPI document as the judge of requests, and its complaints in the words of the API. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.contract;
