package dev.abendkasse.server.security;

import dev.abendkasse.server.shared.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The person who works at the box office: leases belong to them, and what they do is written down under their name.
 *
 * @param name the user name of staff; of a program its client id and the clerk it names, as {@code client/clerk}
 * @param client the program's client id; none for staff
 * @param partner whether only what partners may do is allowed
 * @param supervisor whether other clerks' leases may be taken
 */
public record Clerk(String name, @Nullable String client, boolean partner, boolean supervisor) {

    /** As the database's functions read it. */
    public Actor actor() {
        return new Actor(name, client, partner, supervisor);
    }
}
