package dev.birdconnect.simulator.contract;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Turns the findings of the schema validator into complaints in the API's words and paths.
 *
 * <p>Where a value may have several forms told apart by {@code type}, only the findings of the form
 * that its {@code type} names are kept: the others say nothing a sender can use.
 */
final class ComplaintWriter {
  private static final Set<String> CHOICES = Set.of("oneOf", "anyOf");

  /** One alternative of a choice, tried at one place of the document. */
  private record Branch(String place, String choice, String alternative) {}

  private ComplaintWriter() {}

  static Complaints write(List<Error> findings) {
    Complaints complaints = new Complaints();
    if (findings.isEmpty()) {
      return complaints;
    }
    Map<Branch, Set<String>> wrongForms = wrongForms(findings);
    Set<String> placesWithoutForm = placesWithoutForm(findings, wrongForms);
    List<Error> choices = new ArrayList<>();
    for (Error finding : findings) {
      if (CHOICES.contains(finding.getKeyword()) || finding.getKeyword().equals("discriminator")) {
        choices.add(finding);
      } else if (!belongsToWrongForm(finding, wrongForms.keySet())) {
        complaints.add(pathOf(finding), text(finding));
      }
    }
    for (String place : placesWithoutForm) {
      String path = path(place) + ".type";
      if (!complaints.has(path)) {
        complaints.add(path, namesOfForms(place, wrongForms));
      }
    }
    for (Error choice : choices) {
      String place = path(choice.getInstanceLocation());
      if (choice.getKeyword().equals("discriminator")) {
        if (!complaints.has(place + ".type")) {
          complaints.add(place + ".type", "no schema for the value of the property \"type\"");
        }
      } else if (!complaints.hasWithin(place)) {
        complaints.add(place, "doesn't match any of the allowed forms");
      }
    }
    return complaints;
  }

  /** Alternatives whose {@code type} is another one, with the values they would have taken. */
  private static Map<Branch, Set<String>> wrongForms(List<Error> findings) {
    Map<Branch, Set<String>> wrong = new HashMap<>();
    for (Error finding : findings) {
      NodePath evaluation = finding.getEvaluationPath();
      int last = lastChoice(evaluation);
      if (last < 0) {
        continue;
      }
      boolean otherType =
          finding.getKeyword().equals("enum") && endsWith(evaluation, last, "properties", "type");
      boolean noType =
          finding.getKeyword().equals("required")
              && "type".equals(finding.getProperty())
              && endsWith(evaluation, last, "required");
      if (otherType || noType) {
        String place = finding.getInstanceLocation().toString();
        if (otherType) {
          place = place.substring(0, place.lastIndexOf('/'));
        }
        wrong
            .computeIfAbsent(branch(place, evaluation, last), b -> new TreeSet<>())
            .addAll(otherType ? values(finding) : Set.of());
      }
    }
    return wrong;
  }

  private static Set<String> placesWithoutForm(
      List<Error> findings, Map<Branch, Set<String>> wrongForms) {
    Map<String, Integer> sizes = new HashMap<>();
    for (Error finding : findings) {
      if (finding.getKeyword().equals("oneOf") && finding.getSchemaNode() != null) {
        sizes.put(
            finding.getInstanceLocation() + " " + finding.getEvaluationPath(),
            finding.getSchemaNode().size());
      }
    }
    Map<String, Integer> wrong = new HashMap<>();
    for (Branch branch : wrongForms.keySet()) {
      wrong.merge(branch.place() + " " + branch.choice(), 1, Integer::sum);
    }
    return wrong.entrySet().stream()
        .filter(e -> e.getValue().equals(sizes.get(e.getKey())))
        .map(e -> e.getKey().substring(0, e.getKey().indexOf(' ')))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String namesOfForms(String place, Map<Branch, Set<String>> wrongForms) {
    Set<String> names = new TreeSet<>();
    wrongForms.forEach(
        (branch, values) -> {
          if (branch.place().equals(place)) {
            names.addAll(values);
          }
        });
    return names.isEmpty()
        ? "property \"type\" is missing"
        : "Invalid value, expected one of: " + String.join(", ", names);
  }

  private static boolean belongsToWrongForm(Error finding, Set<Branch> wrongForms) {
    if (wrongForms.isEmpty()) {
      return false;
    }
    NodePath evaluation = finding.getEvaluationPath();
    String place = finding.getInstanceLocation().toString();
    for (int i = 0; i + 1 < evaluation.getNameCount(); i++) {
      if (CHOICES.contains(evaluation.getName(i))) {
        for (Branch wrong : wrongForms) {
          if ((place.equals(wrong.place()) || place.startsWith(wrong.place() + "/"))
              && wrong.equals(branch(wrong.place(), evaluation, i))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static int lastChoice(NodePath evaluation) {
    for (int i = evaluation.getNameCount() - 2; i >= 0; i--) {
      if (CHOICES.contains(evaluation.getName(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Branch branch(String place, NodePath evaluation, int choice) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= choice; i++) {
      path.append('/').append(evaluation.getName(i).replace("/", "~1"));
    }
    return new Branch(place, path.toString(), evaluation.getName(choice + 1));
  }

  /** Whether what follows the chosen alternative is the given property itself. */
  private static boolean endsWith(NodePath evaluation, int choice, String... names) {
    int from = choice + 2;
    if (from < evaluation.getNameCount() && evaluation.getName(from).equals("$ref")) {
      from++;
    }
    if (evaluation.getNameCount() < from + names.length) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (!evaluation.getName(from + i).equals(names[i])) {
        return false;
      }
    }
    return evaluation.getNameCount() <= from + names.length + 2;
  }

  private static Set<String> values(Error finding) {
    Set<String> values = new LinkedHashSet<>();
    JsonNode allowed = finding.getSchemaNode();
    if (allowed != null) {
      allowed.forEach(value -> values.add(value.asString()));
    }
    return values;
  }

  private static String pathOf(Error finding) {
    String place = path(finding.getInstanceLocation());
    if (finding.getKeyword().equals("required")) {
      return place.equals(".") ? "." + finding.getProperty() : place + "." + finding.getProperty();
    }
    return place;
  }

  private static String text(Error finding) {
    Object[] arguments = finding.getArguments();
    Object first = arguments != null && arguments.length > 0 ? arguments[0] : "";
    return switch (finding.getKeyword()) {
      case "additionalProperties" -> "property \"" + finding.getProperty() + "\" is unsupported";
      case "required" -> "property \"" + finding.getProperty() + "\" is missing";
      case "type" -> "value must be " + withArticle(String.valueOf(lastOf(arguments)));
      case "enum" ->
          "Invalid value: "
              + finding.getInstanceNode()
              + ", expected one of: "
              + String.join(", ", values(finding));
      case "minLength" -> "minimum string length is " + first;
      case "maxLength" -> "maximum string length is " + first;
      case "minItems" -> "minimum number of items is " + first;
      case "maxItems" -> "maximum number of items is " + first;
      case "minimum" -> "number must be at least " + first;
      case "maximum" -> "number must be at most " + first;
      case "pattern" -> "string doesn't match the regular expression \"" + first + "\"";
      case "format" -> "string doesn't match the format \"" + first + "\"";
      default -> "doesn't satisfy \"" + finding.getKeyword() + "\"";
    };
  }

  private static Object lastOf(Object[] arguments) {
    return arguments == null || arguments.length == 0 ? "" : arguments[arguments.length - 1];
  }

  private static String withArticle(String type) {
    return switch (type) {
      case "array", "object", "integer" -> "an " + type;
      default -> "a " + type;
    };
  }

  private static String path(String jsonPointer) {
    if (jsonPointer.isEmpty()) {
      return ".";
    }
    StringBuilder path = new StringBuilder();
    for (String name : jsonPointer.substring(1).split("/", -1)) {
      String plain = name.replace("~1", "/").replace("~0", "~");
      append(path, plain, plain.chars().allMatch(Character::isDigit) && !plain.isEmpty());
    }
    return path.toString();
  }

  private static String path(NodePath place) {
    if (place.getNameCount() == 0) {
      return ".";
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < place.getNameCount(); i++) {
      append(path, place.getName(i), place.getElement(i) instanceof Integer);
    }
    return path.toString();
  }

  private static void append(StringBuilder path, String name, boolean index) {
    if (index) {
      path.append('[').append(name).append(']');
    } else {
      path.append('.').append(name);
    }
  }
}
