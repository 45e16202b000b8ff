package dev.abendkasse.server.migration.formershop;

import org.jspecify.annotations.Nullable;

/**
 * Who has an account here before the import begins, and is in the way of a row.
 *
 * @param canonical the one spelling of the address
 * @param userName in its one spelling; null: none
 */
public record Resident(String canonical, @Nullable String userName) {}
