package dev.birdconnect.source;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(
    packages = "dev.birdconnect.source",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("tasks")
          .definedBy("dev.birdconnect.source")
          .layer("config")
          .definedBy("dev.birdconnect.source.config")
          .layer("event")
          .definedBy("dev.birdconnect.source.event")
          .layer("interaction")
          .definedBy("dev.birdconnect.source.interaction")
          .layer("reading")
          .definedBy("dev.birdconnect.source.reading")
          .layer("position")
          .definedBy("dev.birdconnect.source.position")
          .layer("status")
          .definedBy("dev.birdconnect.source.status")
          .layer("metrics")
          .definedBy("dev.birdconnect.source.metrics")
          .layer("workspace")
          .definedBy("dev.birdconnect.source.workspace")
          .layer("discovery")
          .definedBy("dev.birdconnect.source.discovery")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("workspace")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("discovery")
          .mayOnlyBeAccessedByLayers("tasks", "config")
          .whereLayer("tasks")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("event")
          .mayOnlyBeAccessedByLayers("tasks", "config")
          .whereLayer("interaction")
          .mayOnlyBeAccessedByLayers("tasks", "config", "event")
          .whereLayer("reading")
          .mayOnlyBeAccessedByLayers(
              "tasks", "config", "event", "interaction", "metrics", "workspace")
          .whereLayer("position")
          .mayOnlyBeAccessedByLayers(
              "tasks", "config", "event", "interaction", "reading", "metrics", "workspace")
          .whereLayer("status")
          .mayOnlyBeAccessedByLayers("interaction", "reading", "position");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.birdconnect.source.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule RULES_NEED_NO_KAFKA =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(
              "dev.birdconnect.source.interaction",
              "dev.birdconnect.source.reading",
              "dev.birdconnect.source.position",
              "dev.birdconnect.source.status",
              "dev.birdconnect.source.workspace",
              "dev.birdconnect.source.discovery")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");
}
