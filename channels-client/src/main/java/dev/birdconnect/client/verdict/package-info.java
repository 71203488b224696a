/** What one attempt tells us, and the rules that say so. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.client.verdict;
