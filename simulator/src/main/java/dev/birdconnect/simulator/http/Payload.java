package dev.birdconnect.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The body of an answer: in memory, or in a file that is read while it is written. */
interface Payload {
  /** How many bytes there are. */
  long length();

  /** All bytes; not a copy. */
  byte[] bytes();

  /** Writes the first so many bytes. */
  void write(OutputStream out, long first) throws IOException;

  static Payload of(byte[] bytes) {
    return new InMemory(bytes);
  }

  static Payload of(Path file) {
    return new InFile(file);
  }

  /** Bytes that are there. */
  final class InMemory implements Payload {
    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public void write(OutputStream out, long first) throws IOException {
      out.write(bytes, 0, Math.toIntExact(first));
    }
  }

  /** Bytes of a file that nobody changes. */
  final class InFile implements Payload {
    private static final int AT_ONCE = 64 * 1024;

    private final Path file;

    private InFile(Path file) {
      this.file = file;
    }

    @Override
    public long length() {
      return file.toFile().length();
    }

    @Override
    public byte[] bytes() {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void write(OutputStream out, long first) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] part = new byte[AT_ONCE];
        long left = first;
        while (left > 0) {
          int read = in.readNBytes(part, 0, (int) Math.min(left, AT_ONCE));
          if (read == 0) {
            throw new IOException("A file of the store became shorter");
          }
          out.write(part, 0, read);
          left -= read;
        }
      }
    }
  }
}
