package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.media.RefusedUploadException;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.switches.Switches;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * The S3-like store: takes uploads as forms and hands out what was uploaded. No access key, no rate
 * of a workspace and no fault rule applies here.
 */
final class StoreEndpoints {
  static final String UPLOAD_PATH = "/media-store";

  private static final int IN_MEMORY = 64 * 1024;
  private static final String XML = "application/xml";

  private final MediaStore media;
  private final Switches switches;

  StoreEndpoints(MediaStore media, Switches switches) {
    this.media = media;
    this.switches = switches;
  }

  Answer upload(Context request) throws IOException {
    note(request);
    Optional<Integer> failure = media.takeFailure();
    if (failure.isPresent()) {
      if (failure.get() == 0) {
        Connections.reset(Connections.endPoint(request.req()));
      }
      return error(failure.get() == 0 ? 503 : failure.get(), "Failure", "This was asked for");
    }
    // A file of any size is read to its end: a client that is cut off while it sends never sees
    // why.
    request
        .req()
        .setAttribute(
            ServletContextRequest.MULTIPART_CONFIG_ELEMENT,
            new MultipartConfigElement(media.directory().toString(), -1, -1, IN_MEMORY));
    try {
      store(request);
      return stored();
    } catch (RefusedUploadException e) {
      return error(e.status(), e.code(), String.valueOf(e.getMessage()));
    }
  }

  Answer download(Context request) {
    note(request);
    return media
        .file(request.pathParam("workspace") + "/" + request.pathParam("file"))
        .map(MediaOperations::content)
        .orElseGet(() -> error(404, "NoSuchKey", "The file is not there"));
  }

  private void store(Context request) throws IOException, RefusedUploadException {
    try {
      Map<String, String> fields = new HashMap<>();
      for (Part part : request.req().getParts()) {
        try (InputStream in = part.getInputStream()) {
          if (part.getName().equals("file")) {
            if (part.getSize() > MediaStore.LARGEST_FILE) {
              throw new RefusedUploadException(
                  400,
                  "EntityTooLarge",
                  "A file has at most " + MediaStore.LARGEST_FILE + " bytes");
            }
            // Fields that come after the file are not looked at, as in S3.
            media.upload(fields, in);
            return;
          }
          fields.put(part.getName(), text(in));
        }
      }
    } catch (ServletException e) {
      throw new RefusedUploadException(
          400, "MalformedPOSTRequest", "The body is not a form as multipart/form-data");
    }
    throw new RefusedUploadException(400, "InvalidArgument", "The form has no field file");
  }

  private static String text(InputStream field) throws IOException, RefusedUploadException {
    byte[] bytes = field.readNBytes(MediaStore.LARGEST_FIELD + 1);
    if (bytes.length > MediaStore.LARGEST_FIELD) {
      throw new RefusedUploadException(
          400,
          "MaxPostPreDataLengthExceeded",
          "A field beside the file is larger than " + MediaStore.LARGEST_FIELD + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Answer stored() {
    SwitchValues values = switches.values();
    if (values.has(Choice.UPLOAD_201)) {
      return xml(201, "<PostResponse><Bucket>simulator-media</Bucket></PostResponse>");
    }
    return new Answer(values.has(Choice.UPLOAD_200) ? 200 : 204, XML, new byte[0], Map.of());
  }

  private void note(Context request) {
    if (request.header("Authorization") != null) {
      media.sawAuthorization();
    }
  }

  private static Answer error(int status, String code, String message) {
    return xml(
        status, "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
  }

  private static Answer xml(int status, String text) {
    return new Answer(status, XML, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
