package dev.birdconnect.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A form filled in by hand: fields in their order, the file, and what comes after it. */
public final class Upload {
  private static final String BOUNDARY = "----upload-of-a-test";

  private final URI url;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, String> later = new LinkedHashMap<>();
  private long size;
  private Supplier<InputStream> file = InputStream::nullInputStream;
  private boolean withFile = true;

  private Upload(URI url) {
    this.url = url;
  }

  /** With all fields that the API gave, and an empty file. */
  public static Upload of(JsonNode form) {
    Upload upload = new Upload(URI.create(form.path("uploadUrl").asString()));
    form.path("uploadFormData")
        .properties()
        .forEach(field -> upload.fields.put(field.getKey(), field.getValue().asString()));
    return upload;
  }

  Upload with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  Upload without(String field) {
    fields.remove(field);
    return this;
  }

  Upload withLater(String field, String value) {
    later.put(field, value);
    return this;
  }

  Upload withoutFile() {
    withFile = false;
    return this;
  }

  public Upload withFile(byte[] bytes) {
    return withFile(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** The bytes are read while they are sent. */
  Upload withFile(long bytes, Supplier<InputStream> content) {
    size = bytes;
    file = content;
    return this;
  }

  /** The fields and their values. */
  Map<String, String> fields() {
    return fields;
  }

  /** The request that uploads it. */
  public HttpRequest.Builder request() {
    String head = fields(fields);
    if (withFile) {
      head +=
          "--"
              + BOUNDARY
              + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n"
              + "Content-Type: application/octet-stream\r\n\r\n";
    }
    String end = (withFile ? "\r\n" : "") + fields(later) + "--" + BOUNDARY + "--\r\n";
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    byte[] last = end.getBytes(StandardCharsets.UTF_8);
    long length = first.length + (withFile ? size : 0) + last.length;
    HttpRequest.BodyPublisher streamed =
        HttpRequest.BodyPublishers.ofInputStream(
            () ->
                new SequenceInputStream(
                    Collections.enumeration(
                        List.of(
                            new ByteArrayInputStream(first),
                            withFile ? file.get() : InputStream.nullInputStream(),
                            new ByteArrayInputStream(last)))));
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(HttpRequest.BodyPublishers.fromPublisher(streamed, length));
  }

  private static String fields(Map<String, String> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append("--")
                .append(BOUNDARY)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    return text.toString();
  }
}
