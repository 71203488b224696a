package dev.birdconnect.simulator.conformance;

/**
 * One rule of the document.
 *
 * @param kind the keyword of the schema, such as {@code maxLength}
 * @param place pointer to the schema, and the name of the property where the keyword lists several
 */
record Rule(String kind, String place) implements Comparable<Rule> {
  static Rule of(String kind, String schemaPointer) {
    return new Rule(kind, schemaPointer);
  }

  static Rule of(String kind, String schemaPointer, String name) {
    return new Rule(kind, schemaPointer + " " + name);
  }

  @Override
  public int compareTo(Rule other) {
    int byKind = kind.compareTo(other.kind);
    return byKind == 0 ? place.compareTo(other.place) : byKind;
  }

  @Override
  public String toString() {
    return kind + " at " + place;
  }
}
