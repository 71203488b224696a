package dev.birdconnect.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads a list by the HTTP client and the JSON library alone, from its oldest message upwards: each
 * page is parsed, and its token leads to the next. A program of its own, so that it has the same
 * JVM as the worker: its argument is the list's address; it reads a list whole for each line that
 * it gets, and writes how many messages it has read.
 */
public final class RawReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OkHttpClient client = new OkHttpClient();
  private final HttpUrl list;

  private RawReader(HttpUrl list) {
    this.list = list;
  }

  /** Reads the list until its input ends. */
  public static void main(String[] arguments) throws Exception {
    HttpUrl list =
        HttpUrl.get(arguments[0])
            .newBuilder()
            .addQueryParameter("limit", "1000")
            .addQueryParameter("reverse", "true")
            .build();
    RawReader reader = new RawReader(list);
    BufferedReader rounds =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = rounds.readLine(); line != null; line = rounds.readLine()) {
      System.out.println(reader.read());
    }
    System.exit(0);
  }

  private int read() throws IOException {
    int messages = 0;
    HttpUrl next = list;
    while (next != null) {
      Request request =
          new Request.Builder().url(next).header("Authorization", "AccessKey key").build();
      try (Response response = client.newCall(request).execute()) {
        JsonNode page = MAPPER.readTree(response.body().byteStream());
        messages += page.get("results").size();
        JsonNode token = page.get("nextPageToken");
        next =
            token == null
                ? null
                : list.newBuilder().addQueryParameter("pageToken", token.textValue()).build();
      }
    }
    return messages;
  }
}
