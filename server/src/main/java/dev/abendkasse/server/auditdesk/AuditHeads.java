package dev.abendkasse.server.auditdesk;

import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.server.auditdesk.domain.ChainHead;
import dev.abendkasse.server.auditdesk.store.AuditDeskStore;
import dev.abendkasse.server.signing.KeyRing;
import dev.abendkasse.server.signing.KeyRings;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Vouches for the end of the chain: what is signed today cannot be denied by whoever writes the chain anew tomorrow. */
@Component
public class AuditHeads {

    private final AuditDeskStore store;
    private final KeyRing ring;

    AuditHeads(AuditDeskStore store, KeyRings rings) {
        this.store = store;
        this.ring = rings.of("audit");
    }

    /** As it is now. */
    public Mono<ChainHead> head() {
        return store.head();
    }

    public Mono<SignedHead> sign(ChainHead head) {
        return ring.active().map(key -> new SignedHead(head, HeadText.sign(key, head, Instant.now())));
    }

    /** What heads may have been signed with, the present key first. */
    public Mono<List<ECKey>> keys() {
        return ring.publicKeys();
    }

    /** What a head says; empty if it is none of ours. */
    Mono<ChainHead> read(String signed) {
        return ring.latestPublicKeys()
                .mapNotNull(keys -> HeadText.read(keys, signed).orElse(null));
    }
}
