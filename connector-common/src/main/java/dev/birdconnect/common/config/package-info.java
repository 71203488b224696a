/** Settings both connectors have: their definitions, their live check, their reference page. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.common.config;
