package dev.abendkasse.server.security;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Hashes and checks passwords with Argon2id, a few at a time. Who comes when the queue is full is refused at the door. */
@Component
public class Passwords implements DisposableBean {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;
    private static final int IDLE_SECONDS = 60;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            "argon2", Map.of("argon2", new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES)));

    /** What the passwords of unknown accounts are compared with, so that they cost the same. */
    private final String nobody = encoder.encode("nobody");

    private final Scheduler threads;
    private final Bulkhead queue;

    Passwords(SecurityProperties properties) {
        var places = properties.passwordThreads() + properties.passwordQueue();
        threads = Schedulers.newBoundedElastic(properties.passwordThreads(), places, "passwords", IDLE_SECONDS, true);
        queue = Bulkhead.of(
                "passwords",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(places)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    @Override
    public void destroy() {
        threads.dispose();
    }

    public Mono<String> hash(String password) {
        return onThreads(() -> encoder.encode(password)).transformDeferred(BulkheadOperator.of(queue));
    }

    /**
     * The account if the password is its own; else empty. The work is the same for an account that is not there. The place
     * in the queue is taken before the account is read.
     */
    public <A> Mono<A> check(String password, Mono<A> account, Function<A, String> hash) {
        return account.map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> check(password, found, hash))
                .transformDeferred(BulkheadOperator.of(queue));
    }

    private <A> Mono<A> check(String password, Optional<A> account, Function<A, String> hash) {
        return onThreads(() -> matches(password, account.map(hash)))
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

    private <T> Mono<T> onThreads(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(threads);
    }
}
