package dev.abendkasse.server.catalog;

import reactor.core.publisher.Mono;

/** The shop front ends and how they behave. */
public interface Shops {

    /** The shop, or empty when there is none with this id. */
    Mono<Shop> byId(String shopId);
}
