/** What a simulator is set up with: workspaces, their access keys and their channels. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.account;
