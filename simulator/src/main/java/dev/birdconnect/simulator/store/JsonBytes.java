package dev.birdconnect.simulator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of UTF-8 JSON. */
public final class JsonBytes {
  private byte[] bytes;
  private int length;

  /** An empty buffer with room for this many bytes. */
  public JsonBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** Appends bytes. */
  public JsonBytes append(byte[] more) {
    makeRoom(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Appends one ASCII character. */
  public JsonBytes append(char ascii) {
    makeRoom(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends text as it is, without quoting. */
  public JsonBytes append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
