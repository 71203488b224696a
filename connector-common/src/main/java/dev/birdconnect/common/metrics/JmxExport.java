package dev.birdconnect.common.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a task's metrics as attributes of an MBean, until it is closed. */
public final class JmxExport implements AutoCloseable {

  static final String DOMAIN = "dev.birdconnect";

  private static final Logger LOG = LoggerFactory.getLogger(JmxExport.class);

  /** Tasks that were given up but hang keep their name; more of one number are an error. */
  private static final int MOST_OF_A_NAME = 100;

  private final MBeanServer server;
  private final ObjectName name;

  private JmxExport(MBeanServer server, ObjectName name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Shows the metrics. Where another instance of the task is shown still, the name gets a further
   * property {@code instance}.
   *
   * @return empty when the server does not take the MBean
   */
  public static Optional<JmxExport> of(MBeanServer server, TaskName task, MetricReader<?> metrics) {
    try {
      for (int instance = 1; instance <= MOST_OF_A_NAME; instance++) {
        ObjectName name = new ObjectName(name(task, instance));
        try {
          server.registerMBean(new Bean<>(task, metrics), name);
          return Optional.of(new JmxExport(server, name));
        } catch (InstanceAlreadyExistsException e) {
          LOG.debug("The MBean {} is there already.", name);
        }
      }
      LOG.warn("The metrics are not shown in JMX: too many MBeans have the name of this task.");
    } catch (JMException e) {
      LOG.warn("The metrics cannot be shown in JMX.", e);
    }
    return Optional.empty();
  }

  private static String name(TaskName task, int instance) {
    return DOMAIN
        + ":type="
        + task.kind()
        + "-task,connector="
        + Sanitizer.jmxSanitize(task.connector())
        + ",task="
        + Sanitizer.jmxSanitize(task.task())
        + (instance == 1 ? "" : ",instance=" + instance);
  }

  @Override
  public void close() {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      LOG.debug("The MBean {} is gone already.", name);
    } catch (JMException e) {
      LOG.warn("The MBean {} cannot be removed.", name, e);
    }
  }

  private static final class Bean<M extends Metric> implements DynamicMBean {

    private final String kind;
    private final MetricReader<M> metrics;
    private final Map<String, M> byName = new LinkedHashMap<>();

    Bean(TaskName task, MetricReader<M> metrics) {
      this.kind = task.kind();
      this.metrics = metrics;
      for (M metric : metrics.all()) {
        byName.put(metric.metricName(), metric);
      }
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
      M metric = byName.get(attribute);
      if (metric == null) {
        throw new AttributeNotFoundException(attribute);
      }
      return metrics.read(metric);
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
      AttributeList list = new AttributeList();
      for (String attribute : attributes) {
        M metric = byName.get(attribute);
        if (metric != null) {
          list.add(new Attribute(attribute, metrics.read(metric)));
        }
      }
      return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
      throw new AttributeNotFoundException("Metrics cannot be set.");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
      return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
      throw new UnsupportedOperationException("Metrics have no operations.");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
      MBeanAttributeInfo[] attributes =
          byName.values().stream()
              .map(
                  metric ->
                      new MBeanAttributeInfo(
                          metric.metricName(),
                          double.class.getName(),
                          metric.description(),
                          true,
                          false,
                          false))
              .toArray(MBeanAttributeInfo[]::new);
      return new MBeanInfo(
          MetricReader.class.getName(),
          "Metrics of a Bird " + kind + " task.",
          attributes,
          null,
          null,
          null);
    }
  }
}
