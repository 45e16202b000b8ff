package dev.abendkasse.server.security;

import dev.abendkasse.server.shared.CustomerId;
import java.util.Set;

/** Who makes a request. */
public sealed interface Caller {

    record Anonymous() implements Caller {}

    record Customer(CustomerId id) implements Caller {}

    /** @param name the user name of a staff account */
    record Staff(String name, Set<String> scopes) implements Caller {}

    /** @param id the client id of a program */
    record Client(String id, Set<String> scopes) implements Caller {}
}
