package dev.birdconnect.simulator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(
    packages = "dev.birdconnect.simulator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "dev.birdconnect.simulator";

  @ArchTest
  static final ArchRule packages_depend_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("program")
          .definedBy(BASE)
          .layer("http")
          .definedBy(BASE + ".http")
          .layer("generation")
          .definedBy(BASE + ".generation")
          .layer("store")
          .definedBy(BASE + ".store")
          .layer("account")
          .definedBy(BASE + ".account")
          .layer("life")
          .definedBy(BASE + ".life")
          .layer("fault")
          .definedBy(BASE + ".fault")
          .layer("contract")
          .definedBy(BASE + ".contract")
          .layer("media")
          .definedBy(BASE + ".media")
          .layer("switches")
          .definedBy(BASE + ".switches")
          .layer("tls")
          .definedBy(BASE + ".tls")
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("generation")
          .mayOnlyBeAccessedByLayers("program", "http")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("program", "http", "generation")
          .whereLayer("account")
          .mayOnlyBeAccessedByLayers("program", "http", "store")
          .whereLayer("life")
          .mayOnlyBeAccessedByLayers("program", "http", "generation", "store", "account")
          .whereLayer("fault")
          .mayOnlyBeAccessedByLayers("program", "http")
          .whereLayer("contract")
          .mayOnlyBeAccessedByLayers("program", "http", "generation", "store")
          .whereLayer("media")
          .mayOnlyBeAccessedByLayers("program", "http")
          .whereLayer("switches")
          .mayOnlyBeAccessedByLayers("program", "http", "store")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("program", "http");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_client_is_not_used =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.birdconnect.client..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule no_http_client_is_used_but_for_its_certificates =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".tls")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..");

  @ArchTest
  static final ArchRule only_http_knows_the_server =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(
              BASE + ".generation",
              BASE + ".store",
              BASE + ".life",
              BASE + ".fault",
              BASE + ".account",
              BASE + ".contract",
              BASE + ".media",
              BASE + ".switches",
              BASE + ".tls")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");
}
