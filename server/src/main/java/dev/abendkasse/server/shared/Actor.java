package dev.abendkasse.server.shared;

import org.jspecify.annotations.Nullable;

/**
 * Who does something at a box office. The names of the components are those that the database's functions read.
 *
 * @param name the person, as it is written down and as leases know them
 * @param client the program's client id; none for own staff
 * @param partner whether only what partners may do is allowed
 * @param supervisor whether other clerks' leases may be taken
 */
public record Actor(String name, @Nullable String client, boolean partner, boolean supervisor) {}
