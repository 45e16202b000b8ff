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

    /** What a comparison has found. */
    private record Comparison(boolean own, Optional<String> renewed) {}

    /**
     * The account if the password is its own; else empty. The work is that of the day's hash for an account that is not there, or has
     * no hash that can be read. The place in the queue is taken before the account is read.
     */
    public <A> Mono<A> check(String password, Mono<A> account, Function<A, String> hash) {
        return queue.admit(found(account)
                .flatMap(found -> queue.onThread(() -> matches(password, found.map(hash)))
                        .filter(Boolean::booleanValue)
                        .flatMap(_ -> Mono.justOrEmpty(found))));
    }

    /**
     * The same, and replaces a hash that is not of the day. It is made whether or not the password was right: an account of the
     * former shop costs the same either way. The place in the queue is kept for that, and an error in storing it is logged and no
     * more.
     *
     * @param renewal stores the new hash in place of the one that was compared, unless there is another by now
     */
    public <A> Mono<A> check(
            String password, Mono<A> account, Function<A, String> hash, BiFunction<A, String, Mono<Void>> renewal) {
        return queue.admit(found(account)
                .flatMap(found -> queue.onThread(() -> compare(password, found.map(hash)))
                        .filter(Comparison::own)
                        .delayUntil(comparison -> Mono.justOrEmpty(comparison.renewed)
                                .flatMap(renewed -> renewal.apply(found.orElseThrow(), renewed))
                                .onErrorResume(Passwords::leaveAsItIs))
                        .flatMap(_ -> Mono.justOrEmpty(found))));
    }

    private static <A> Mono<Optional<A>> found(Mono<A> account) {
        return account.map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    private Comparison compare(String password, Optional<String> hash) {
        var outdated = hash.flatMap(StoredPassword::read).filter(StoredPassword::isOutdated);
        return new Comparison(
                matches(password, hash),
                outdated.map(_ -> StoredPassword.of(password).text()));
    }

    /** A hash that nothing here can read belongs to nobody who could sign in, and costs what an unknown account does. */
    private boolean matches(String password, Optional<String> hash) {
        var own = hash.flatMap(StoredPassword::read);
        return own.orElse(nobody).matches(password) && own.isPresent();
    }

    /** The next login tries again. */
    private static Mono<Void> leaveAsItIs(Throwable error) {
        LOG.warn("A password could not be hashed anew", error);
        return Mono.empty();
    }
}
