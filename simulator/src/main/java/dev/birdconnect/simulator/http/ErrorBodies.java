package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Bodies of errors whose shape is not documented (assumption 9). */
final class ErrorBodies {
  private static final Set<Integer> UNDOCUMENTED = Set.of(401, 403, 413, 429);

  private ErrorBodies() {}

  static Answer dressed(Answer answer, SwitchValues switches) {
    boolean undocumented = UNDOCUMENTED.contains(answer.status()) || answer.status() >= 500;
    if (!undocumented || switches.has(Choice.DOCUMENTED_BODY)) {
      return answer;
    }
    if (switches.has(Choice.EMPTY_BODY)) {
      return new Answer(answer.status(), "text/plain", new byte[0], answer.headers());
    }
    String page =
        "<html><head><title>"
            + answer.status()
            + "</title></head><body><h1>"
            + answer.status()
            + "</h1></body></html>";
    return new Answer(
        answer.status(), "text/html", page.getBytes(StandardCharsets.UTF_8), answer.headers());
  }
}
