package dev.birdconnect.simulator.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;

/** The format {@code locale-bcp47}, checked loosely (assumption 35). */
final class LocaleFormat implements Format {
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9_-]+");

  @Override
  public String getName() {
    return "locale-bcp47";
  }

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return LETTERS.matcher(value).matches();
  }
}
