package dev.birdconnect.quickstart;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class QuickstartVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Optional<String> version =
        Optional.ofNullable(QuickstartVersion.class.getPackage().getImplementationVersion());
    return new String[] {version.orElse("not packaged")};
  }
}
