package dev.birdconnect.simulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Files uploaded with pre-signed forms (assumption 27). Safe for use by several threads. Keeps the
 * files in a directory of its own, which goes when it closes.
 */
public final class MediaStore implements AutoCloseable {
  /** The largest file (page "Create pre-signed upload" of the Conversations API). */
  public static final long LARGEST_FILE = 100L * 1024 * 1024;

  /** The most bytes of one field beside the file, as in S3 for all of them. */
  public static final int LARGEST_FIELD = 20 * 1024;

  /** Path below which files are read: {@code /media/<key>}. */
  public static final String PATH = "/media/";

  private static final Pattern OWN_URL =
      Pattern.compile("https?://[^/]+" + PATH + "([0-9a-f-]{36}/[0-9a-f-]{36})");

  private final Clock clock;
  private final Path directory;
  private final Map<String, UploadForm> forms = new ConcurrentHashMap<>();
  private final Map<String, MediaFile> files = new ConcurrentHashMap<>();
  private final AtomicLong authorizedRequests = new AtomicLong();
  private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();

  /** An empty store. */
  public MediaStore(Clock clock) {
    this.clock = clock;
    try {
      this.directory = Files.createTempDirectory("simulator-media");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives leave to upload one file to a workspace, for one channel or for any. */
  public UploadForm open(
      UUID workspace, Optional<UUID> channel, String contentType, Duration life) {
    UUID id = UUID.randomUUID();
    String key = workspace + "/" + id;
    long expiresAt = clock.millis() + life.toMillis();
    String policy = "{\"expiration\":" + expiresAt + ",\"key\":\"" + key + "\"}";
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("acl", "private");
    fields.put("bucket", "simulator-media");
    fields.put("key", key);
    fields.put("Content-Type", contentType);
    fields.put(
        "policy", Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8)));
    fields.put("x-amz-signature", UUID.randomUUID().toString());
    UploadForm form = new UploadForm(id, key, channel, expiresAt, fields);
    forms.put(key, form);
    return form;
  }

  /**
   * Takes in a file.
   *
   * @param fields the fields that came before the file
   */
  public void upload(Map<String, String> fields, InputStream file)
      throws RefusedUploadException, IOException {
    UploadForm form = forms.get(fields.getOrDefault("key", ""));
    if (form == null) {
      throw new RefusedUploadException(403, "AccessDenied", "There is no form for this key");
    }
    if (clock.millis() >= form.expiresAtMillis()) {
      throw new RefusedUploadException(403, "AccessDenied", "The form has expired");
    }
    for (Map.Entry<String, String> field : form.fields().entrySet()) {
      if (!field.getValue().equals(fields.get(field.getKey()))) {
        throw new RefusedUploadException(
            403, "AccessDenied", "The field " + field.getKey() + " is not that of the form");
      }
    }
    if (fields.size() > form.fields().size()) {
      throw new RefusedUploadException(
          403, "AccessDenied", "The upload has fields that the form does not have");
    }
    Path content = Files.createTempFile(directory, "file", "");
    try (var out = Files.newOutputStream(content)) {
      file.transferTo(out);
    }
    String contentType = form.fields().getOrDefault("Content-Type", "");
    MediaFile before = files.put(form.key(), new MediaFile(contentType, form.channel(), content));
    if (before != null) {
      Files.deleteIfExists(before.content());
    }
  }

  /** Lets the next uploads fail, by a reset of their connection for the status 0. */
  public void failNext(int uploads, int status) {
    failures.addAll(Collections.nCopies(uploads, status));
  }

  /** How the upload that comes now is to fail; empty for not at all. */
  public Optional<Integer> takeFailure() {
    return Optional.ofNullable(failures.poll());
  }

  /** The file at this place, once it is uploaded. */
  public Optional<MediaFile> file(String key) {
    return Optional.ofNullable(files.get(key));
  }

  /** How many files were uploaded. */
  public int uploads() {
    return files.size();
  }

  /** How many forms were given out. */
  public int forms() {
    return forms.size();
  }

  /** Notes that a request on the store carried an {@code Authorization} header. */
  public void sawAuthorization() {
    authorizedRequests.incrementAndGet();
  }

  /** Requests on the store that carried an {@code Authorization} header: there should be none. */
  public long authorizedRequests() {
    return authorizedRequests.get();
  }

  /** Where in the store uploads in progress are kept. */
  public Path directory() {
    return directory;
  }

  /** Whether every {@code mediaUrl} of this store in a message can be read for the channel. */
  public boolean hasAllOf(JsonNode message, UUID channel) {
    for (JsonNode url : urls(message)) {
      Matcher own = OWN_URL.matcher(url.asString(""));
      if (own.matches()
          && file(own.group(1))
              .filter(f -> f.channel().map(channel::equals).orElse(true))
              .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<JsonNode> urls(JsonNode message) {
    return Stream.of("body", "template")
        .flatMap(part -> message.path(part).findValues("mediaUrl").stream())
        .toList();
  }

  @Override
  public void close() {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
