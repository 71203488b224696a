package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.contract.Reading;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The document of the Channels API as the switches say it is read. Compiled once per reading. */
final class Contracts {
  private record Last(SwitchValues values, Contract contract) {}

  private final Map<Reading, Contract> byReading = new ConcurrentHashMap<>();
  private volatile Last last;

  Contracts() {
    SwitchValues defaults = SwitchValues.defaults();
    last = new Last(defaults, compiled(defaults));
  }

  Contract under(SwitchValues values) {
    Last known = last;
    if (!known.values().equals(values)) {
      known = new Last(values, compiled(values));
      last = known;
    }
    return known.contract();
  }

  private Contract compiled(SwitchValues values) {
    return byReading.computeIfAbsent(
        new Reading(
            values.has(Choice.EMPTY_ACCEPTED),
            values.has(Choice.ACTION_REFUSED),
            values.has(Choice.FORMATS_UNCHECKED),
            values.has(Choice.NULL_REFUSED),
            values.has(Choice.UPLOAD_FIELDS_IGNORED)),
        Contract::channelsApi);
  }
}
