package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where and how to upload a file (section 12 of the API reference, step 2). Good for one file and
 * for a quarter of an hour (assumption 27).
 *
 * @param mediaUrl what to write into a body once the file is there
 * @param uploadUrl where to send the file
 * @param uploadMethod the HTTP method to send it with
 * @param fields fields of the form, in the order given; they come before the file
 */
public record UploadForm(
    String mediaUrl, String uploadUrl, String uploadMethod, Map<String, String> fields) {

  private static final Set<String> METHODS = Set.of("POST", "PUT");

  public UploadForm {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * Reads a form.
   *
   * @throws UnreadableResourceException when one of its four parts is missing or wrong
   */
  public static UploadForm of(JsonNode answer) throws UnreadableResourceException {
    JsonNode data = answer.path("uploadFormData");
    Fields.object(data, "the field uploadFormData");
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : data.properties()) {
      if (!field.getValue().isValueNode()) {
        throw new UnreadableResourceException("a field of uploadFormData holds no text");
      }
      fields.put(field.getKey(), field.getValue().asText());
    }
    String method = Fields.text(answer, "uploadMethod");
    if (!METHODS.contains(method)) {
      throw new UnreadableResourceException("the field uploadMethod is neither POST nor PUT");
    }
    return new UploadForm(
        Fields.text(answer, "mediaUrl"), Fields.text(answer, "uploadUrl"), method, fields);
  }

  /** Names only: whoever has the values may upload. */
  @Override
  public String toString() {
    return "UploadForm[" + uploadMethod + ", " + fields.size() + " fields]";
  }
}
