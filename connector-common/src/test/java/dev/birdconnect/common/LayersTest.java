package dev.birdconnect.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.birdconnect.common",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.birdconnect.common.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_REFERENCE_NEEDS_NO_KAFKA_AND_NO_CLIENT =
      noClasses()
          .that()
          .resideInAPackage("..reference..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "dev.birdconnect.client..", "..common.config..");

  @ArchTest
  static final ArchRule NO_WAY_UP =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.birdconnect.sink..", "dev.birdconnect.source..");
}
