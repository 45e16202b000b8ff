package dev.abendkasse.server.letters;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Says where an order can be paid by its link. */
public interface LinkAddress {

    /** With the link's secret in the fragment: for the mail and nothing else. */
    Mono<String> of(UUID linkId);
}
