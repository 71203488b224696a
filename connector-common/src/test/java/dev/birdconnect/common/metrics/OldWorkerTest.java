package dev.birdconnect.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers before Connect 4.1 have no plugin metrics. */
class OldWorkerTest {

  private static final String HIDDEN = "org.apache.kafka.common.metrics.PluginMetrics";
  private static final String OWN = "dev.birdconnect.common.metrics.";

  /** Has its own copy of the package, and does not know the class that newer workers have. */
  private static final class OldWorkerLoader extends ClassLoader {

    OldWorkerLoader() {
      super(OldWorkerTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(HIDDEN)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(OWN)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {SinkTaskContext.class, SourceTaskContext.class})
  void theMetricsAreInJmxOnly(Class<?> contextType) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.birdconnect:type=sink-task,connector=old,task=0");
    OldWorkerLoader loader = new OldWorkerLoader();
    Object context =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {contextType},
            (proxy, method, arguments) -> null);
    Object task = create(loader, TaskName.class, "sink", "old", "0");
    Object metrics = create(loader, SomeMetric.Reader.class);
    Class<?> exports = loader.loadClass(MetricsExports.class.getName());

    Object export =
        Arrays.stream(exports.getMethods())
            .filter(method -> method.getName().equals("start"))
            .filter(method -> method.getParameterTypes()[0].equals(contextType))
            .findFirst()
            .orElseThrow()
            .invoke(null, context, task, metrics);

    assertThat(server.isRegistered(name)).isTrue();
    assertThatCode(() -> server.unregisterMBean(name)).doesNotThrowAnyException();
    assertThat(export.getClass().getClassLoader()).isSameAs(loader);
  }

  private static Object create(ClassLoader loader, Class<?> type, Object... arguments)
      throws ReflectiveOperationException {
    Constructor<?> constructor = loader.loadClass(type.getName()).getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(arguments);
  }
}
