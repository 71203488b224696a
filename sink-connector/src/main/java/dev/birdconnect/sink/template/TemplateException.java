package dev.birdconnect.sink.template;

/** A template that cannot be used; a sentence says where it is wrong and what to do. */
public final class TemplateException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param sentence what is wrong, where, and what to do
   */
  public TemplateException(String sentence) {
    super(sentence);
  }

  /** What is wrong, where, and what to do. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
