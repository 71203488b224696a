package dev.birdconnect.sink.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.request.FieldComplaint;
import dev.birdconnect.client.request.MediaPlaces;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.media.DataUri;
import java.util.ArrayList;
import java.util.List;

/** What a template says of media before there is a record. */
final class MediaOutline {

  private static final String CONTENT_TYPE = "contentType";
  private static final String ANY_TYPE = "application/octet-stream";

  private MediaOutline() {}

  /**
   * The template as a request will look: where a medium may come to stand, its content type is
   * filled in.
   */
  static JsonNode of(JsonNode template) {
    JsonNode outline = template.deepCopy();
    for (MediaPlaces.Place place : MediaPlaces.of(outline)) {
      ObjectNode holder = place.holder();
      String text = place.value().asText();
      boolean medium = DataUri.isOne(text) || text.contains("${");
      if (medium && place.needsContentType() && !holder.hasNonNull(CONTENT_TYPE)) {
        holder.put(CONTENT_TYPE, ANY_TYPE);
      }
    }
    return outline;
  }

  /** Whether a medium itself is written at one of the places: every record has it uploaded. */
  static boolean embeds(List<MediaPlaces.Place> places) {
    return places.stream().anyMatch(place -> DataUri.isOne(place.value().asText()));
  }

  /** What is wrong with data URIs that are the same for every record. */
  static List<FieldComplaint> complaints(List<MediaPlaces.Place> places) {
    List<FieldComplaint> complaints = new ArrayList<>();
    for (MediaPlaces.Place place : places) {
      String text = place.value().asText();
      if (DataUri.isOne(text) && !text.contains("${")) {
        try {
          DataUri unused = DataUri.parse(text);
        } catch (UnfitRecordException e) {
          complaints.add(new FieldComplaint(place.path(), e.complaint()));
        }
      }
    }
    return complaints;
  }
}
