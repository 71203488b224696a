package dev.birdconnect.quickstart.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Long sentences as lines that fit a terminal. */
public final class Wrapped {

  private static final int WIDTH = 100;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Wrapped() {}

  /**
   * Breaks a text between words.
   *
   * @param text the text
   * @param first what the first line begins with
   * @param others what the other lines begin with
   */
  public static List<String> lines(String text, String first, String others) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : SPACES.split(text.strip(), -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return List.copyOf(lines);
  }

  /** Returns the text, cut and marked so when it does not fit one line. */
  static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
  }
}
