package dev.birdconnect.sink.config;

import java.util.Map;

/**
 * Checks that a choice has its argument, and that no argument stands there in vain.
 *
 * @param choice the setting that chooses
 * @param chosen its value
 * @param problems where complaints go: the setting at fault and a sentence
 */
record Arguments(String choice, String chosen, Map<String, String> problems) {

  /**
   * Checks one argument.
   *
   * @param argument the setting
   * @param choiceThatUsesIt the value of the choice that uses it
   * @param used whether that is chosen
   * @param empty whether the argument is not set
   */
  void check(String argument, String choiceThatUsesIt, boolean used, boolean empty) {
    if (used && empty) {
      problems.put(
          argument, "It is missing, although " + choice + "=" + chosen + " needs it. Set it.");
    } else if (!used && !empty) {
      problems.put(
          argument,
          "It is set, but "
              + choice
              + "="
              + chosen
              + " does not use it. Set "
              + choice
              + "="
              + choiceThatUsesIt
              + ", or remove it.");
    }
  }
}
