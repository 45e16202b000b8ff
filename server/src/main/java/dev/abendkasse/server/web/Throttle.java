package dev.abendkasse.server.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Lets each key through so many times a minute. It knows a bounded number of keys and forgets the idle ones. */
public final class Throttle {

    private static final int MAX_KEYS = 100_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfterAccess(MINUTE.multipliedBy(2))
            .build();

    public Throttle(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Ends with 429 when the key has used up its share. */
    public Mono<Void> admit(String key) {
        return Mono.defer(() -> {
            var probe = buckets.get(key, _ -> newBucket()).tryConsumeAndReturnRemaining(1);
            return probe.isConsumed() ? Mono.empty() : Mono.error(tooMany(probe.getNanosToWaitForRefill()));
        });
    }

    /** What was admitted was harmless and does not count. */
    public void giveBack(String key) {
        buckets.get(key, _ -> newBucket()).addTokens(1);
    }

    /** Takes so much from the key's share, also more than is left of it: what the key wants next then waits the longer. */
    public void charge(String key, int times) {
        buckets.get(key, _ -> newBucket()).consumeIgnoringRateLimits(times);
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .build();
    }

    private static ProblemException tooMany(long nanos) {
        return ProblemException.retryAfter(ProblemType.TOO_MANY_REQUESTS, Duration.ofNanos(nanos));
    }
}
