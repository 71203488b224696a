package dev.birdconnect.simulator;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.life.ProfileFields;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads workspaces, keys, channels, switches and TLS from a JSON or YAML file. */
final class ConfigFile {
  private record Document(
      @Nullable List<Workspace> workspaces,
      @Nullable Map<String, String> switches,
      @Nullable TlsFields tls) {}

  /**
   * What a file says.
   *
   * @param workspaces workspaces, keys and channels
   * @param switches the switches, at their defaults where the file does not name them
   * @param tls how HTTPS is served, if at all
   */
  record Content(List<WorkspaceSettings> workspaces, SwitchValues switches, TlsFields tls) {}

  private record Workspace(
      @Nullable UUID id, @Nullable List<String> accessKeys, @Nullable List<Channel> channels) {
    @Override
    public String toString() {
      return "Workspace[id=" + id + "]";
    }
  }

  private record Channel(
      @Nullable UUID id,
      @Nullable String platform,
      @Nullable String name,
      @Nullable String identifier,
      @Nullable ProfileFields profile) {}

  /** The file cannot be used; the message is a sentence for the user and quotes no key. */
  static final class BadConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    BadConfigException(String message) {
      super(message);
    }
  }

  // JSON is YAML: one reader takes both.
  private final YAMLMapper mapper =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  Content read(Path file) throws BadConfigException {
    Document document;
    try {
      document = mapper.readValue(Files.readAllBytes(file), Document.class);
    } catch (IOException e) {
      throw new BadConfigException("The file " + file + " cannot be read.");
    } catch (JacksonException e) {
      // The exception's own message may quote the file, and with it a key.
      throw new BadConfigException(
          "The file "
              + file
              + " is not a configuration of the simulator: see line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + where(e)
              + ".");
    }
    if (document == null || document.workspaces() == null || document.workspaces().isEmpty()) {
      throw new BadConfigException("The file " + file + " has no workspaces.");
    }
    try {
      List<WorkspaceSettings> workspaces = new ArrayList<>();
      for (Workspace workspace : document.workspaces()) {
        workspaces.add(workspace(workspace));
      }
      SwitchValues switches = SwitchValues.defaults();
      if (document.switches() != null) {
        for (Map.Entry<String, String> entry : document.switches().entrySet()) {
          switches = switches.with(entry.getKey(), entry.getValue());
        }
      }
      TlsFields tls = Optional.ofNullable(document.tls()).orElseGet(TlsFields::none);
      var unused = tls.settings();
      return new Content(workspaces, switches, tls);
    } catch (IllegalArgumentException e) {
      throw new BadConfigException("In the file " + file + ": " + e.getMessage());
    }
  }

  private static String where(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(
                place ->
                    place.getPropertyName() == null
                        ? "[" + place.getIndex() + "]"
                        : "." + place.getPropertyName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "" : ", " + path;
  }

  private static WorkspaceSettings workspace(Workspace workspace) {
    if (workspace.id() == null || workspace.accessKeys() == null) {
      throw new IllegalArgumentException("Every workspace needs an id and accessKeys.");
    }
    List<ChannelSettings> channels = new ArrayList<>();
    if (workspace.channels() != null) {
      for (Channel channel : workspace.channels()) {
        channels.add(channel(channel));
      }
    }
    return new WorkspaceSettings(workspace.id(), workspace.accessKeys(), channels);
  }

  private static ChannelSettings channel(Channel channel) {
    if (channel.id() == null || channel.platform() == null) {
      throw new IllegalArgumentException("Every channel needs an id and a platform.");
    }
    String name = Optional.ofNullable(channel.name()).orElse(channel.platform());
    return new ChannelSettings(
        channel.id(),
        channel.platform(),
        name,
        Optional.ofNullable(channel.identifier()).orElse(name),
        Optional.ofNullable(channel.profile())
            .map(ProfileFields::profile)
            .orElseGet(LifeProfile::steady));
  }
}
