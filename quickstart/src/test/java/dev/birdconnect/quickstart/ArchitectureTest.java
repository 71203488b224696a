package dev.birdconnect.quickstart;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Packages depend one way. */
@AnalyzeClasses(
    packages = "dev.birdconnect.quickstart",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("program")
          .definedBy("dev.birdconnect.quickstart")
          .layer("flow")
          .definedBy("..quickstart.flow")
          .layer("terminal")
          .definedBy("..quickstart.terminal")
          .layer("cluster")
          .definedBy("..quickstart.cluster")
          .layer("evidence")
          .definedBy("..quickstart.evidence")
          .layer("orders")
          .definedBy("..quickstart.orders")
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("flow")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("terminal")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("evidence")
          .mayOnlyBeAccessedByLayers("program", "flow", "terminal")
          .whereLayer("orders")
          .mayOnlyBeAccessedByLayers("program", "flow", "evidence");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.birdconnect.quickstart.(*)..").should().beFreeOfCycles();
}
