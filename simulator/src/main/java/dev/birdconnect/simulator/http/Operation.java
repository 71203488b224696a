package dev.birdconnect.simulator.http;

/** Carries out one operation of the API. */
interface Operation {
  Answer answer(Call call) throws RefusedException;
}
