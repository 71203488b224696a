package dev.birdconnect.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Inspection;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoutesTest {
  /** The inbox page and the store of media, which is not part of the API. */
  private static final List<String> NEITHER =
      List.of("GET /", "POST /media-store", "GET /media/{workspace}/{file}");

  @Test
  void everyRouteIsInADocumentAndEveryOperationIsARoute() {
    List<String> documented =
        Stream.of(Contract.channelsApi(), Contract.controlApi())
            .flatMap(document -> document.operations().stream())
            .map(operation -> operation.method() + " " + operation.path())
            .toList();
    assertThat(documented).hasSizeGreaterThan(30);
    assertThat(routes())
        .filteredOn(route -> !route.endsWith(" /*"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(documented.stream(), NEITHER.stream()).toList());
  }

  @Test
  void rulesCanSpeakOfEveryOperation() {
    assertThat(Contract.channelsApi().operations())
        .allMatch(operation -> ApiCall.ofOperation(operation.operationId()).isPresent())
        .hasSize(ApiCall.values().length);
    String names =
        String.join(", ", Arrays.stream(ApiCall.values()).map(ApiCall::wireName).toList());
    assertThat(Contract.controlApi().operation("addFault").checkBody(rule("no-such-call")).byPath())
        .hasToString(
            "{.operation=[Invalid value: \"no-such-call\", expected one of: " + names + "]}");
  }

  private static JsonNode rule(String operation) {
    return Json.mapper().createObjectNode().put("kind", "reset").put("operation", operation);
  }

  /** The routes with parameters written as in the documents. */
  private static List<String> routes() {
    SimulatorSettings settings = SimulatorSettings.demo();
    Switches switches = new Switches(settings.switches());
    Clock clock = settings.clock();
    Accounts accounts = new Accounts(settings.workspaces(), clock, switches, 1, true);
    try (MediaStore media = new MediaStore(clock);
        SimulatorServer server =
            SimulatorServer.start(
                new ServerSettings(
                    settings.host(),
                    settings.port(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    clock,
                    switches),
                accounts,
                new Inspection(accounts),
                new Faults(System::nanoTime),
                media)) {
      return server.routes().stream().map(r -> r.replace('<', '{').replace('>', '}')).toList();
    }
  }
}
