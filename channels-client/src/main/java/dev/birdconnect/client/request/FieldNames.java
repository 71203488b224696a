package dev.birdconnect.client.request;

import java.util.regex.Pattern;

/** Names of fields in complaints. */
public final class FieldNames {

  private static final Pattern NAME =
      Pattern.compile("(?!.*[0-9]{5})[A-Za-z_][A-Za-z0-9_.-]{0,60}");

  private FieldNames() {}

  /**
   * A name as complaints show it. Keys of maps may be private, such as a phone number, so only what
   * looks like a name is shown.
   */
  public static String shown(String name) {
    return NAME.matcher(name).matches() ? name : "[key]";
  }
}
