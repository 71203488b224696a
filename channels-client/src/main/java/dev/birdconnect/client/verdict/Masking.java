package dev.birdconnect.client.verdict;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes private data out of texts of the API: quoted values, e-mail addresses and runs of digits.
 * The name of a property is kept where the text says that it is one, since the user needs it.
 */
final class Masking {

  private static final String MASK = "***";
  private static final int LONGEST = 500;
  private static final Pattern QUOTED =
      Pattern.compile("(property |variable )?(\"[^\"]*\"?|'[^']*'?|`[^`]*`?)");
  private static final Pattern NAME =
      Pattern.compile("[\"'`][A-Za-z_][A-Za-z_.-]{0,40}[0-9]{0,2}[\"'`]");
  private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern DIGITS = Pattern.compile("\\+?\\d[\\d ().-]{4,}\\d");

  private Masking() {}

  static String mask(String text) {
    String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    String unquoted =
        QUOTED
            .matcher(shortened)
            .replaceAll(
                match -> {
                  boolean name = match.group(1) != null && NAME.matcher(match.group(2)).matches();
                  String prefix = match.group(1) == null ? "" : match.group(1);
                  String value = name ? match.group(2) : "\"" + MASK + "\"";
                  return Matcher.quoteReplacement(prefix + value);
                });
    return maskNumbers(MAIL.matcher(unquoted).replaceAll(MASK));
  }

  static String maskNumbers(String text) {
    return DIGITS.matcher(text).replaceAll(MASK);
  }
}
