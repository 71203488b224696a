package dev.birdconnect.simulator;

import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import java.util.ArrayList;
import java.util.List;

/** The switches as the program's help shows them. */
final class SwitchHelp {
  private SwitchHelp() {}

  static String[] lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Switches: what the documentation of the API leaves open.");
    lines.add("The number is the assumption's; the default is marked with an asterisk.");
    for (Switch of : Switch.values()) {
      lines.add("");
      lines.add("  " + of.wireName() + " (" + of.assumption() + "): " + of.title());
      for (Choice choice : of.choices()) {
        String mark = choice.wireName().equals(of.defaultText()) ? "*" : "";
        lines.add("      " + choice.wireName() + mark + ": " + choice.meaning());
      }
      of.range()
          .ifPresent(
              range -> lines.add("      " + range.meaning() + " Default: " + of.defaultText()));
    }
    // A percent sign would be a format.
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }
}
