package dev.abendkasse.server.security;

import dev.abendkasse.server.threads.WorkQueue;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hashes and checks passwords with Argon2id, a few at a time. Who comes when the queue is full is refused at the door. */
@Component
public class Passwords implements DisposableBean {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            "argon2", Map.of("argon2", new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES)));

    /** What the passwords of unknown accounts are compared with, so that they cost the same. */
    private final String nobody = encoder.encode("nobody");

    private final WorkQueue queue;

    Passwords(SecurityProperties properties) {
        queue = new WorkQueue("passwords", properties.passwordThreads(), properties.passwordQueue());
    }

    @Override
    public void destroy() {
        queue.close();
    }

    public Mono<String> hash(String password) {
        return queue.run(() -> encoder.encode(password));
    }

    /**
     * The account if the password is its own; else empty. The work is the same for an account that is not there. The place
     * in the queue is taken before the account is read.
     */
    public <A> Mono<A> check(String password, Mono<A> account, Function<A, String> hash) {
        return queue.admit(account.map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> check(password, found, hash)));
    }

    private <A> Mono<A> check(String password, Optional<A> account, Function<A, String> hash) {
        return queue.onThread(() -> matches(password, account.map(hash)))
                .filter(Boolean::booleanValue)
                .flatMap(_ -> Mono.justOrEmpty(account));
    }

    private boolean matches(String password, Optional<String> hash) {
        try {
            return encoder.matches(password, hash.orElse(nobody)) && hash.isPresent();
        } catch (IllegalArgumentException e) {
            // A hash that nothing here can read belongs to nobody who could sign in.
            return encoder.matches(password, nobody) && false;
        }
    }
}
