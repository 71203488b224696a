package dev.birdconnect.client.request;

/**
 * What is wrong with one field of a request.
 *
 * @param path the field as the API writes paths, such as {@code .receiver.contacts[0].phone}
 * @param complaint what is wrong and what to do, without the field's value
 */
public record FieldComplaint(String path, String complaint) {

  @Override
  public String toString() {
    return path + ": " + complaint;
  }
}
