package dev.birdconnect.client.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** JSON values as they read inside of a text. */
public final class PlainText {

  /** Longer numbers keep their exponent: a few characters may stand for any number of zeroes. */
  private static final int MOST_DIGITS = 400;

  private PlainText() {}

  /** Text as it is, numbers with all their digits, lists and objects as JSON. */
  public static String of(JsonNode value) {
    if (value.isNumber()) {
      return number(value);
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static String number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.asText();
    }
    if (!value.isBigDecimal()) {
      return value.asText();
    }
    BigDecimal number = value.decimalValue();
    return Math.abs((long) number.scale()) > MOST_DIGITS
        ? number.toString()
        : number.toPlainString();
  }
}
