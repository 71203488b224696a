package dev.birdconnect.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class JmxExportTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private JmxExport show(String task) {
    return JmxExport.of(server, new TaskName("sink", "my shop*", task), new SomeMetric.Reader())
        .orElseThrow();
  }

  private Set<ObjectName> beans() throws Exception {
    return server.queryNames(new ObjectName("dev.birdconnect:*"), null);
  }

  @Test
  void tasksOfOneNameDoNotCollideAndNothingIsLeft() throws Exception {
    JmxExport first = show("0");
    JmxExport second = show("0");
    JmxExport other = show("1");
    assertThat(beans()).hasSize(3);

    first.close();
    assertThat(beans().stream().map(name -> name.getKeyProperty("instance")))
        .containsExactlyInAnyOrder("2", null);

    second.close();
    second.close();
    other.close();
    assertThat(beans()).isEmpty();
  }

  @Test
  void theNameSaysOfWhichTaskItIs() throws Exception {
    TaskName task = new TaskName("source", "shop", "3");
    JmxExport export = JmxExport.of(server, task, new SomeMetric.Reader()).orElseThrow();
    ObjectName name = new ObjectName("dev.birdconnect:type=source-task,connector=shop,task=3");
    assertThat(server.getAttribute(name, "orders-open")).isEqualTo(1.0);
    assertThat(server.getMBeanInfo(name).getDescription()).contains("source");
    export.close();
  }
}
