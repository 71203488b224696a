package dev.birdconnect.client.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pages of a list, some of their entries odd. */
final class RandomPages {

  static final List<String> FIELDS =
      List.of(
          "'id': 'm%d'",
          "'channelId': 'c'",
          "'status': 'rejected'",
          "'createdAt': '2031-03-01T13:00:02Z'",
          "'lastStatusAt': '2031-03-01T13:00:02.004Z'",
          "'reference': 'r%d'",
          "'direction': 'outgoing'",
          "'reason': 'no such number'",
          "'failure': {'code': 11002, 'description': 'it is wrong', 'source': {'name': 's'}}",
          "'meta': {'order': {'id': 'meta'}, 'extraInformation': {'kafkaRecord': 'k', 'x': [1]}}",
          "'body': {'type': 'text', 'id': 'no', 'text': {'text': ['createdAt', {'status': 'no'}]}}",
          "'receiver': {'contacts': [{'id': 'no', 'reference': 'no'}]}");
  private static final List<String> ODD =
      List.of("7", "null", "'text'", "true", "[]", "[[{'id': 'm'}]]", "{}", "{'id': 7}", "1e400");

  /** As UTF-8, with double quotes. */
  static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static String entry(Random random, int number) {
    if (random.nextInt(10) == 0) {
      return ODD.get(random.nextInt(ODD.size()));
    }
    List<String> fields = new ArrayList<>();
    for (String field : FIELDS) {
      int fate = random.nextInt(20);
      if (fate == 0) {
        String name = field.substring(0, field.indexOf(':'));
        fields.add(name + ": " + ODD.get(random.nextInt(ODD.size())));
      } else if (fate > 1) {
        fields.add(field.replace("%d", Integer.toString(number)));
      }
    }
    return "{" + String.join(", ", fields) + "}";
  }

  /** A page, most entries of which are messages. */
  static String page(Random random) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < random.nextInt(8); i++) {
      entries.add(entry(random, i));
    }
    String results = random.nextInt(20) == 0 ? "{}" : "[" + String.join(",", entries) + "]";
    String token = random.nextInt(2) == 0 ? "" : ", 'nextPageToken': 't'";
    return "{'other': {'results': []}, 'results': " + results + token + "}";
  }

  private RandomPages() {}
}
