package dev.abendkasse.server.security;

import dev.abendkasse.server.passwords.StoredPassword;
import dev.abendkasse.server.threads.WorkQueue;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hashes passwords with Argon2id and checks them, a few at a time. Who comes when the queue is full is refused at the door. */
@Component
public class Passwords implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);

    /** What the passwords of unknown accounts are compared with, so that they cost the same. */
    private final StoredPassword nobody = StoredPassword.of("nobody");

    private final WorkQueue queue;

    Passwords(SecurityProperties properties) {
        queue = new WorkQueue("passwords", properties.passwordThreads(), properties.passwordQueue());
    }

    @Override
    public void destroy() {
        queue.close();
    }

    public Mono<String> hash(String password) {
        return queue.run(() -> StoredPassword.of(password).text());
    }

    /**
     * The account if the password is its own; else empty. The work is the same for an account that is not there. The place
     * in the queue is taken before the account is read.
     */
    public <A> Mono<A> check(String password, Mono<A> account, Function<A, String> hash) {
        return check(password, account, hash, (_, _) -> Mono.empty());
    }

    /**
     * The same, and hashes the password anew if its hash is not of the day. The place in the queue is kept for that, and an
     * error of it is logged and no more: the password was right.
     *
     * @param renewal stores the new hash in place of the one that was compared, unless there is another by now
     */
    public <A> Mono<A> check(
            String password, Mono<A> account, Function<A, String> hash, BiFunction<A, String, Mono<Void>> renewal) {
        return queue.admit(account.map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> check(password, found, hash))
                .delayUntil(own -> renew(password, hash.apply(own), renewed -> renewal.apply(own, renewed))));
    }

    private <A> Mono<A> check(String password, Optional<A> account, Function<A, String> hash) {
        return queue.onThread(() -> matches(password, account.map(hash)))
                .filter(Boolean::booleanValue)
                .flatMap(_ -> Mono.justOrEmpty(account));
    }

    /** A hash that nothing here can read belongs to nobody who could sign in, and costs what an unknown account does. */
    private boolean matches(String password, Optional<String> hash) {
        var own = hash.flatMap(StoredPassword::read);
        return own.orElse(nobody).matches(password) && own.isPresent();
    }

    private Mono<Void> renew(String password, String hash, Function<String, Mono<Void>> renewal) {
        return Mono.justOrEmpty(StoredPassword.read(hash))
                .filter(StoredPassword::isOutdated)
                .flatMap(_ -> queue.onThread(() -> StoredPassword.of(password).text()))
                .flatMap(renewal)
                .onErrorResume(Passwords::leaveAsItIs);
    }

    /** The next login tries again. */
    private static Mono<Void> leaveAsItIs(Throwable error) {
        LOG.warn("A password could not be hashed anew", error);
        return Mono.empty();
    }
}
