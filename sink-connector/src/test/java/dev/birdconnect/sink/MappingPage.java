package dev.birdconnect.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/mapping.md}, as it stands in the documentation.
 *
 * @param text the page
 */
record MappingPage(String text) {

  private static final Path FILE = Path.of("..", "docs", "mapping.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^ *```json\n(.*?)^ *```$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static MappingPage read() {
    try {
      return new MappingPage(Files.readString(FILE, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String after(String words) {
    int at = text.indexOf(words);
    if (at < 0) {
      throw new AssertionError("docs/mapping.md does not say: " + words);
    }
    return text.substring(at);
  }

  /** The first JSON example behind these words. */
  String example(String words) {
    Matcher example = EXAMPLE.matcher(after(words));
    if (!example.find()) {
      throw new AssertionError("docs/mapping.md has no example behind: " + words);
    }
    return example.group(1);
  }

  /** How many JSON examples there are. */
  int examples() {
    return (int) EXAMPLE.matcher(text).results().count();
  }

  /** The rows of the table whose header begins with this cell. */
  List<List<String>> table(String firstHeader) {
    List<List<String>> rows = new ArrayList<>();
    after("| " + firstHeader + " |")
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .forEach(line -> rows.add(cells(line)));
    return rows;
  }

  private static List<String> cells(String line) {
    String inside = line.strip().replaceAll("^\\||\\|$", "");
    return Pattern.compile("\\|").splitAsStream(inside).map(String::strip).toList();
  }

  /** The code in a text. */
  static List<String> code(String text) {
    return CODE.matcher(text).results().map(code -> code.group(1)).toList();
  }

  /** The code within the sentences of the page, each in one line. */
  List<String> code() {
    return code(BLOCK.matcher(text).replaceAll("").replaceAll("\\s+", " "));
  }
}
