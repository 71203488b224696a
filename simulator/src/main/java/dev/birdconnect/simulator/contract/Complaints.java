package dev.birdconnect.simulator.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a request: path of the field (such as {@code .receiver.contacts[0]}) to
 * complaints, the {@code details} of the API's errors.
 */
public final class Complaints {
  private final Map<String, List<String>> byPath = new LinkedHashMap<>();

  /** One complaint at one path. */
  public static Complaints of(String path, String complaint) {
    Complaints complaints = new Complaints();
    complaints.add(path, complaint);
    return complaints;
  }

  /** Adds a complaint; the same one at the same path counts once. */
  public void add(String path, String complaint) {
    List<String> there = byPath.computeIfAbsent(path, p -> new ArrayList<>());
    if (!there.contains(complaint)) {
      there.add(complaint);
    }
  }

  /** Whether nothing is wrong. */
  public boolean isEmpty() {
    return byPath.isEmpty();
  }

  /** Whether there is a complaint at exactly this path. */
  public boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** Whether there is a complaint at this path or at a field inside it. */
  public boolean hasWithin(String path) {
    return byPath.keySet().stream()
        .anyMatch(
            p ->
                p.equals(path)
                    || p.startsWith(path + ".")
                    || p.startsWith(path + "[")
                    || path.equals("."));
  }

  /** The complaints by path, in the order in which they were found. */
  public Map<String, List<String>> byPath() {
    return Collections.unmodifiableMap(byPath);
  }
}
