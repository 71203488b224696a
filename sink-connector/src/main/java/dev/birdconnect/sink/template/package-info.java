/**
 * The message template: a JSON document with placeholders, parsed once, filled for every record.
 */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.template;
