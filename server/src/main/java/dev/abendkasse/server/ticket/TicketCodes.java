package dev.abendkasse.server.ticket;

import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.server.signing.KeyRing;
import dev.abendkasse.server.signing.KeyRings;
import dev.abendkasse.server.threads.WorkQueue;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The signed codes of tickets. Whoever has the public keys can check them without asking anybody; they say nothing about
 * persons.
 */
@Component
public class TicketCodes implements DisposableBean {

    private final KeyRing ring;
    private final WorkQueue queue;

    TicketCodes(KeyRings rings, TicketProperties properties) {
        ring = rings.of("ticket");
        queue = new WorkQueue("ticket-codes", properties.codeThreads(), properties.codeQueue());
    }

    @Override
    public void destroy() {
        queue.close();
    }

    /** A code for each ticket. */
    public Mono<List<String>> sign(List<SignedTicket> tickets) {
        return ring.active()
                .flatMap(key -> queue.run(
                        () -> tickets.stream().map(ticket -> sign(key, ticket)).toList()));
    }

    /** What each code says; nothing if it is forged or was never one of ours. */
    public Mono<List<Optional<SignedTicket>>> read(List<String> codes) {
        return ring.publicKeys()
                .flatMap(keys -> areKnown(keys, codes) ? Mono.just(keys) : ring.latestPublicKeys())
                .flatMap(keys -> queue.run(
                        () -> codes.stream().map(code -> read(keys, code)).toList()));
    }

    /** What codes may have been signed with, the present key first. */
    public Mono<List<TicketKey>> keys() {
        return ring.publicKeys().map(TicketCodes::shown);
    }

    /** From now on codes are signed with a new key. */
    public Mono<List<TicketKey>> rotate(String by) {
        return ring.rotate(by).map(TicketCodes::shown);
    }

    private static String sign(ECKey key, SignedTicket ticket) {
        var signed = CodeLayout.of(key.getKeyID(), ticket);
        return new CodeLayout(signed, Es256.sign(key, signed)).text();
    }

    private static boolean areKnown(List<ECKey> keys, List<String> codes) {
        return codes.stream()
                .flatMap(code -> CodeLayout.read(code).stream())
                .allMatch(read -> keys.stream().anyMatch(key -> read.isSignedBy(key.getKeyID())));
    }

    private static Optional<SignedTicket> read(List<ECKey> keys, String code) {
        return CodeLayout.read(code)
                .filter(read -> keys.stream()
                        .filter(key -> read.isSignedBy(key.getKeyID()))
                        .anyMatch(key -> Es256.verify(key, read.signed(), read.signature())))
                .map(CodeLayout::ticket);
    }

    private static List<TicketKey> shown(List<ECKey> keys) {
        return keys.stream()
                .map(key -> new TicketKey(
                        key.getKeyID(), key.getX().toString(), key.getY().toString()))
                .toList();
    }
}
