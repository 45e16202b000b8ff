package dev.abendkasse.server.catalog.plan;

import org.jspecify.annotations.Nullable;

/**
 * A price band of a hall.
 *
 * @param name  unique in the hall, never empty
 * @param color as CSS writes it: a hex value, a word, or {@code rgb(…)}
 */
public record PlanCategory(String name, @Nullable String color) {}
