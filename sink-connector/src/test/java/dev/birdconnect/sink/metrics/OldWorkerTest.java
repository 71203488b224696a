package dev.birdconnect.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;

/** Workers before Connect 4.1 have no plugin metrics. */
class OldWorkerTest {

  private static final String HIDDEN = "org.apache.kafka.common.metrics.PluginMetrics";
  private static final String OWN = "dev.birdconnect.sink.metrics.";

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

  @Test
  void theMetricsAreInJmxOnly() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.birdconnect:type=sink-task,connector=old,task=0");
    OldWorkerLoader loader = new OldWorkerLoader();
    SinkTaskContext context =
        (SinkTaskContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SinkTaskContext.class},
                (proxy, method, arguments) -> null);
    LongSupplier nanoTime = System::nanoTime;
    Object counters = create(loader, DeliveryCounters.class, nanoTime, InstantSource.system());
    Object media = create(loader, MediaCounters.class, nanoTime);
    Object metrics = create(loader, TaskMetrics.class, counters, media, null, null, null, nanoTime);
    Class<?> exports = loader.loadClass(MetricsExports.class.getName());

    Object export =
        Arrays.stream(exports.getMethods())
            .filter(method -> method.getName().equals("start"))
            .findFirst()
            .orElseThrow()
            .invoke(null, context, "old", "0", metrics);

    assertThat(server.isRegistered(name)).isTrue();
    assertThatCode(() -> server.unregisterMBean(name)).doesNotThrowAnyException();
    assertThat(export.getClass().getClassLoader()).isSameAs(loader);
  }

  private static Object create(ClassLoader loader, Class<?> type, Object... arguments)
      throws ReflectiveOperationException {
    return loader.loadClass(type.getName()).getConstructors()[0].newInstance(arguments);
  }
}
