package dev.birdconnect.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.birdconnect.client",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule PACKAGES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("client")
          .definedBy("dev.birdconnect.client")
          .layer("http")
          .definedBy("dev.birdconnect.client.http")
          .layer("verdict")
          .definedBy("dev.birdconnect.client.verdict")
          .layer("rate")
          .definedBy("dev.birdconnect.client.rate")
          .layer("request")
          .definedBy("dev.birdconnect.client.request")
          .layer("message")
          .definedBy("dev.birdconnect.client.message")
          .whereLayer("client")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("client")
          .whereLayer("verdict")
          .mayOnlyBeAccessedByLayers("client", "http")
          .whereLayer("rate")
          .mayOnlyBeAccessedByLayers("client")
          .whereLayer("request")
          .mayOnlyBeAccessedByLayers("client")
          .whereLayer("message")
          .mayOnlyBeAccessedByLayers("client", "verdict");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.birdconnect.client.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_KAFKA =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule OKHTTP_STAYS_BEHIND_THE_TRANSPORT =
      noClasses()
          .that()
          .resideInAnyPackage("..message..", "..request..", "..rate..", "..verdict..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("okhttp3..");
}
