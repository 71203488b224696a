package dev.birdconnect.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.birdconnect.sink",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule PACKAGES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("tasks")
          .definedBy("dev.birdconnect.sink")
          .layer("report")
          .definedBy("dev.birdconnect.sink.report")
          .layer("delivery")
          .definedBy("dev.birdconnect.sink.delivery")
          .layer("record")
          .definedBy("dev.birdconnect.sink.record")
          .layer("reconcile")
          .definedBy("dev.birdconnect.sink.reconcile")
          .layer("position")
          .definedBy("dev.birdconnect.sink.position")
          .layer("config")
          .definedBy("dev.birdconnect.sink.config")
          .layer("metrics")
          .definedBy("dev.birdconnect.sink.metrics")
          .layer("template")
          .definedBy("dev.birdconnect.sink.template")
          .layer("field")
          .definedBy("dev.birdconnect.sink.field")
          .layer("media")
          .definedBy("dev.birdconnect.sink.media")
          .layer("upload")
          .definedBy("dev.birdconnect.sink.upload")
          .whereLayer("upload")
          .mayOnlyBeAccessedByLayers("tasks", "metrics")
          .whereLayer("media")
          .mayOnlyBeAccessedByLayers("tasks", "record", "template", "upload")
          .whereLayer("tasks")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("delivery")
          .mayOnlyBeAccessedByLayers("tasks", "report", "metrics", "upload")
          .whereLayer("record")
          .mayOnlyBeAccessedByLayers("tasks")
          .whereLayer("reconcile")
          .mayOnlyBeAccessedByLayers("delivery")
          .whereLayer("position")
          .mayOnlyBeAccessedByLayers("tasks", "report", "delivery", "reconcile")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("tasks", "record", "delivery", "report")
          .whereLayer("template")
          .mayOnlyBeAccessedByLayers("record", "config", "tasks")
          .whereLayer("field")
          .mayOnlyBeAccessedByLayers("tasks", "record", "config", "template", "media");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.birdconnect.sink.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DELIVERY_KNOWS_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..delivery..",
              "..reconcile..",
              "..position..",
              "..template..",
              "..field..",
              "..media..",
              "..upload..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");
}
