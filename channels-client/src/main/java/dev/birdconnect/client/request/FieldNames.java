package dev.birdconnect.client.request;

/** Names of fields in complaints. */
public final class FieldNames {

  private static final int LONGEST = 61;
  private static final int MOST_DIGITS = 4;

  private FieldNames() {}

  /**
   * A name as complaints show it. Keys of maps may be private, such as a phone number, so only what
   * looks like a name is shown: at most 61 plain letters, digits, dots, dashes and underscores, the
   * first one a letter or an underscore, and never five digits in a row.
   */
  public static String shown(String name) {
    return looksLikeName(name) ? name : "[key]";
  }

  private static boolean looksLikeName(String name) {
    if (name.isEmpty() || name.length() > LONGEST || !begins(name.charAt(0))) {
      return false;
    }
    int digits = 0;
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      digits = isDigit(c) ? digits + 1 : 0;
      if (digits > MOST_DIGITS || !(isDigit(c) || begins(c) || c == '.' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean begins(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
