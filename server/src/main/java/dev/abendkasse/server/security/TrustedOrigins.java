package dev.abendkasse.server.security;

import java.util.Set;
import reactor.core.publisher.Mono;

/** Tells from which origins browsers may call: those of the shops' front ends. */
public interface TrustedOrigins {

    /** As browsers write them, such as {@code https://tickets.example.org}. */
    Mono<Set<String>> trusted();
}
