package dev.birdconnect.client.request;

import java.util.List;
import java.util.stream.Collectors;

/** A request that the API would refuse; names every field at fault, never a value. */
public final class InvalidRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldComplaint> complaints;

  /**
   * @param complaints the fields at fault, at least one
   */
  public InvalidRequestException(List<FieldComplaint> complaints) {
    super(complaints.stream().map(FieldComplaint::toString).collect(Collectors.joining("; ")));
    this.complaints = List.copyOf(complaints);
  }

  /** The fields at fault. */
  public List<FieldComplaint> complaints() {
    return complaints;
  }
}
