package dev.abendkasse.server.relaunch;

import dev.abendkasse.server.passwords.StoredPassword;
import dev.abendkasse.server.relaunch.domain.SealedHash;
import dev.abendkasse.server.relaunch.domain.WrappedHash;
import dev.abendkasse.server.relaunch.store.WrappingStore;
import dev.abendkasse.server.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Puts Argon2id over the weak hashes of the former shop, in small batches, on one replica at a time. Stopped anywhere, it goes on
 * there: what is not wrapped is sealed still.
 */
@Component
class Wrapper implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Wrapper.class);
    private static final String PURPOSE = "sealed-hash";
    private static final int BATCH = 50;
    private static final int IDLE_SECONDS = 60;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Longer than a batch takes. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final WrappingStore hashes;
    private final Secrets secrets;
    private final int threads;
    private final UUID replica = UUID.randomUUID();
    private final Scheduler workers;

    Wrapper(WrappingStore hashes, Secrets secrets, RelaunchProperties properties) {
        this.hashes = hashes;
        this.secrets = secrets;
        this.threads = properties.wrappingThreads();
        this.workers = Schedulers.newBoundedElastic(Math.max(threads, 1), 2 * BATCH, "wrapping", IDLE_SECONDS, true);
    }

    @Override
    public void destroy() {
        workers.dispose();
    }

    /** All that there are; looks again from time to time for those that an import brings. */
    @Scheduled(fixedDelayString = "${abendkasse.relaunch.look-every:10s}")
    Mono<Void> goOn() {
        return threads == 0
                ? Mono.empty()
                : Mono.just(BEFORE_ALL).expand(this::batch).then();
    }

    /** The account that it ended with; empty when there are no more, or another replica has taken over. */
    private Mono<UUID> batch(UUID after) {
        return hashes.lease(replica, after, BATCH, LEASE)
                .flatMap(this::wrapAll)
                .filterWhen(wrapped -> hashes.keep(replica, wrapped))
                .map(wrapped -> wrapped.getLast().customerId());
    }

    private Mono<List<WrappedHash>> wrapAll(List<SealedHash> sealed) {
        return Flux.fromIterable(sealed)
                .flatMapSequential(hash -> Mono.fromCallable(() -> wrap(hash)).subscribeOn(workers), threads)
                .collectList();
    }

    private WrappedHash wrap(SealedHash hash) {
        var before = HexFormat.of().formatHex(hash.sealed());
        try {
            var plain = new String(secrets.decrypt(PURPOSE, hash.sealed()), StandardCharsets.UTF_8);
            var wrapped = StoredPassword.read(plain)
                    .filter(StoredPassword::isWeak)
                    .map(weak -> weak.wrapped().text())
                    .orElse(null);
            return new WrappedHash(hash.customerId(), before, wrapped);
        } catch (RuntimeException e) {
            LOG.error(
                    "The hash of customer {} cannot be decrypted: is the installation's key the one it was imported with?",
                    hash.customerId());
            return new WrappedHash(hash.customerId(), before, null);
        }
    }
}
