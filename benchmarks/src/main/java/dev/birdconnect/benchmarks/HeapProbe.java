package dev.birdconnect.benchmarks;

import dev.birdconnect.quickstart.cluster.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks at the heap of another JVM on this machine, over JMX. */
final class HeapProbe implements AutoCloseable {

  private static final double MEGABYTE = 1 << 20;

  private final JMXConnector connector;
  private final MemoryMXBean memory;

  private HeapProbe(JMXConnector connector, MemoryMXBean memory) {
    this.connector = connector;
    this.memory = memory;
  }

  /** A port for {@link #options} and {@link #of}. */
  static int port() {
    return FreePorts.find(1).get(0);
  }

  /** What the other JVM is started with. */
  static List<String> options(int port) {
    String jmx = "-Dcom.sun.management.jmxremote.";
    return List.of(
        jmx + "port=" + port,
        jmx + "rmi.port=" + port,
        jmx + "host=localhost",
        jmx + "authenticate=false",
        jmx + "ssl=false",
        "-Djava.rmi.server.hostname=localhost");
  }

  /** Connects to a JVM that is up. */
  // The other side of the connection is a program that we have started ourselves.
  @SuppressWarnings("BanJNDI")
  static HeapProbe of(int port) throws IOException {
    JMXConnector connector =
        JMXConnectorFactory.connect(
            new JMXServiceURL("service:jmx:rmi:///jndi/rmi://localhost:" + port + "/jmxrmi"));
    return new HeapProbe(
        connector,
        ManagementFactory.newPlatformMXBeanProxy(
            connector.getMBeanServerConnection(),
            ManagementFactory.MEMORY_MXBEAN_NAME,
            MemoryMXBean.class));
  }

  /** What is alive, in megabytes: what a full collection leaves. */
  double aliveMegabytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / MEGABYTE;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
