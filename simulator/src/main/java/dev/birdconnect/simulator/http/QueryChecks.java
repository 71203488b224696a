package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Parameters of the query, by the document and assumptions 5, 6, 20 and 23. */
final class QueryChecks {
  private static final int FILTERS = 5;
  private static final int BATCH_FILTER = 20;

  private QueryChecks() {}

  /** Refuses a query that is not valid. */
  static void check(Call call) throws RefusedException {
    if (call.query().isEmpty()) {
      return;
    }
    SwitchValues switches = call.switches();
    Set<Integer> ignored = new HashSet<>();
    if (switches.has(Choice.FILTERS_IGNORED)) {
      ignored.add(FILTERS);
    }
    if (switches.has(Choice.BATCH_FILTER_IGNORED)) {
      ignored.add(BATCH_FILTER);
    }
    if (switches.has(Choice.UNKNOWN_REFUSED)) {
      Complaints unknown = call.contract().checkNames(call.query().keySet(), ignored);
      if (!unknown.isEmpty()) {
        throw new RefusedException(Errors.invalidParameters(unknown));
      }
    }
    Complaints complaints = call.contract().checkQuery(call.query(), ignored);
    if (!complaints.isEmpty()) {
      throw new RefusedException(
          switches.has(Choice.PARAMETERS_400)
              ? Errors.of(400, "The parameters are not valid: " + named(complaints.byPath()))
              : Errors.invalidParameters(complaints));
    }
  }

  private static String named(Map<String, ?> byPath) {
    return byPath.keySet().stream()
        .map(path -> path.substring(1))
        .collect(Collectors.joining(", "));
  }
}
