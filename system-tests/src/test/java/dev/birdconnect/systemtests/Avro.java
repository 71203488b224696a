package dev.birdconnect.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;

/**
 * Confluent's serializer and converter for Avro, from the folder that workers load them from. Avro
 * itself is in there under another name, so it is called by reflection.
 */
final class Avro implements AutoCloseable {

  private static final String SHADE = "org.apache.pulsar.kafka.shade.";

  /** The converter as workers are told it. */
  static final String CONVERTER = SHADE + "io.confluent.connect.avro.AvroConverter";

  private final URLClassLoader loader;
  private final Serializer<Object> serializer;
  private final Converter converter;

  private Avro(URLClassLoader loader, Serializer<Object> serializer, Converter converter) {
    this.loader = loader;
    this.serializer = serializer;
    this.converter = converter;
  }

  /** Serializer and converter of values, with this registry. */
  static Avro with(SchemaRegistry registry) {
    try (var jars = Files.list(ConnectStack.folder("avro.plugin.path").resolve("avro-converter"))) {
      URL[] urls = jars.map(Avro::url).toArray(URL[]::new);
      URLClassLoader loader = new URLClassLoader(urls, Avro.class.getClassLoader());
      return within(loader, () -> configured(loader, registry.url()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Avro configured(URLClassLoader loader, String registry) {
    Map<String, String> settings = Map.of("schema.registry.url", registry);
    Serializer<Object> serializer =
        (Serializer<Object>) made(loader, "io.confluent.kafka.serializers.KafkaAvroSerializer");
    serializer.configure(settings, false);
    Converter converter = (Converter) made(loader, "io.confluent.connect.avro.AvroConverter");
    converter.configure(settings, false);
    return new Avro(loader, serializer, converter);
  }

  /** Kafka finds the classes that settings name through the thread's loader. */
  private static <T> T within(ClassLoader loader, Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object made(ClassLoader loader, String name) {
    try {
      return loader.loadClass(SHADE + name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A record as a producer with the serializer writes it.
   *
   * @param schema Avro schema
   * @param json the datum in Avro's own JSON form, in which unions name their branch
   */
  byte[] serialized(String topic, String schema, String json) {
    try {
      Class<?> parserType = loader.loadClass(SHADE + "avro.Schema$Parser");
      Object parsed =
          parserType
              .getMethod("parse", String.class)
              .invoke(parserType.getConstructor().newInstance(), schema);
      Class<?> schemaType = loader.loadClass(SHADE + "avro.Schema");
      Class<?> factoryType = loader.loadClass(SHADE + "avro.io.DecoderFactory");
      Object decoder =
          factoryType
              .getMethod("jsonDecoder", schemaType, String.class)
              .invoke(factoryType.getMethod("get").invoke(null), parsed, json);
      Class<?> readerType = loader.loadClass(SHADE + "avro.generic.GenericDatumReader");
      Object datum =
          readerType
              .getMethod("read", Object.class, loader.loadClass(SHADE + "avro.io.Decoder"))
              .invoke(readerType.getConstructor(schemaType).newInstance(parsed), null, decoder);
      return serializer.serialize(topic, datum);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record as a connector with the converter writes it. */
  byte[] converted(String topic, Schema schema, Object value) {
    return converter.fromConnectData(topic, schema, value);
  }

  /** A record as a connector or consumer with the converter reads it. */
  SchemaAndValue read(String topic, byte[] record) {
    return converter.toConnectData(topic, record);
  }

  @Override
  public void close() throws IOException {
    serializer.close();
    loader.close();
  }
}
