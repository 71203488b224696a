package dev.birdconnect.client.request;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the places of a send that take the address of a medium: every {@code mediaUrl} of the
 * documented form (page <i>Messaging</i>), but not what happens to be called so in objects of the
 * user's own. The tree need not have the form of a send: what does not fit is passed over.
 */
public final class MediaPlaces {

  private static final String CONTENT_TYPE = "contentType";

  private final List<Place> places = new ArrayList<>();
  private final Deque<Object> way = new ArrayDeque<>();

  /**
   * A place that takes the address of a medium.
   *
   * @param pointer where it is
   * @param path where it is, as complaints write it: {@code .body.image.images[0].mediaUrl}
   * @param holder the object whose field it is
   * @param value what is there
   * @param needsContentType whether the object has to have the field {@code contentType} as well
   */
  public record Place(
      JsonPointer pointer,
      String path,
      ObjectNode holder,
      JsonNode value,
      boolean needsContentType) {

    /** Path only: the value is private. */
    @Override
    public String toString() {
      return "Place[" + path + "]";
    }
  }

  private MediaPlaces() {}

  /** The places in a tree that are not null, in their order. */
  public static List<Place> of(JsonNode send) {
    MediaPlaces found = new MediaPlaces();
    found.visit(send, SendShape.SEND);
    return found.places;
  }

  private void visit(JsonNode node, Shape shape) {
    if (shape instanceof Shape.Later later) {
      visit(node, later.shape().get());
    } else if (shape instanceof Shape.ListOf list && node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        way.addLast(i);
        visit(node.get(i), list.items());
        way.removeLast();
      }
    } else if (shape instanceof Shape.ByType byType) {
      Shape named = byType.variants().get(node.path("type").asText());
      if (named != null) {
        visit(node, named);
      } else {
        likeAField(node, byType).ifPresent(variant -> visit(node, variant));
      }
    } else if (shape instanceof Shape.ObjectOf object && node instanceof ObjectNode holder) {
      visit(holder, object);
    }
  }

  /** Where the type is not known yet, the field that is named like it tells. */
  private static Optional<Shape> likeAField(JsonNode node, Shape.ByType byType) {
    return byType.variants().entrySet().stream()
        .filter(variant -> node.has(variant.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private void visit(ObjectNode holder, Shape.ObjectOf object) {
    for (Map.Entry<String, JsonNode> field : holder.properties()) {
      Shape shape = object.fields().get(field.getKey());
      if (shape == null || field.getValue().isNull()) {
        continue;
      }
      way.addLast(field.getKey());
      if (shape == Shape.Scalar.MEDIA_URL) {
        places.add(
            new Place(
                pointer(),
                path(),
                holder,
                field.getValue(),
                object.required().contains(CONTENT_TYPE)));
      } else {
        visit(field.getValue(), shape);
      }
      way.removeLast();
    }
  }

  private JsonPointer pointer() {
    JsonPointer pointer = JsonPointer.empty();
    for (Object step : way) {
      pointer =
          step instanceof Integer index
              ? pointer.appendIndex(index)
              : pointer.appendProperty((String) step);
    }
    return pointer;
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (Object step : way) {
      if (step instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append('.').append(step);
      }
    }
    return path.toString();
  }
}
