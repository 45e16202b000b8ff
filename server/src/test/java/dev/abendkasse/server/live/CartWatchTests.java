package dev.abendkasse.server.live;

import dev.abendkasse.server.live.domain.CartNews;
import dev.abendkasse.server.live.domain.CartPulse;
import dev.abendkasse.server.live.domain.LiveMessage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When a cart is said to expire, and that it has. */
@Isolated("Virtual time is for the whole process.")
class CartWatchTests {

    private static final Instant START = Instant.EPOCH;
    private static final Instant IN_15_MINUTES = START.plus(Duration.ofMinutes(15));

    private final CartWatch watch = new CartWatch(Settings.defaults());

    private Instant expiresAt = IN_15_MINUTES;
    private CartNews news;

    @Test
    void expiringIsToldTwoMinutesBeforeTheEndAndClosedAtIt() {
        inVirtualTime(Flux.never(), true)
                .expectNoEvent(Duration.ofMinutes(13))
                .expectNext(new LiveMessage.Expiring(IN_15_MINUTES))
                .expectNoEvent(Duration.ofMinutes(2))
                .expectNext(new LiveMessage.Cart(null, CartNews.CLOSED))
                .verifyComplete();
    }

    @Test
    void expiringIsToldAgainWhenTheDeadlineHasMoved() {
        inVirtualTime(Flux.never(), true)
                .thenAwait(Duration.ofMinutes(14))
                .expectNext(new LiveMessage.Expiring(IN_15_MINUTES))
                .then(() -> expiresAt = START.plus(Duration.ofMinutes(30)))
                .expectNoEvent(Duration.ofMinutes(14))
                .expectNext(new LiveMessage.Expiring(expiresIn(30)))
                .expectNoEvent(Duration.ofMinutes(2))
                .expectNext(new LiveMessage.Cart(null, CartNews.CLOSED))
                .verifyComplete();
    }

    @Test
    void deadlineThatMovedInTimeIsNotToldForTheOldOne() {
        inVirtualTime(Flux.never(), true)
                .expectNoEvent(Duration.ofMinutes(12))
                .then(() -> expiresAt = expiresIn(30))
                .expectNoEvent(Duration.ofMinutes(16))
                .expectNext(new LiveMessage.Expiring(expiresIn(30)))
                .thenCancel()
                .verify();
    }

    @Test
    void cartThatIsAboutToEndIsSaidToExpireAtOnce() {
        expiresAt = START.plusSeconds(30);

        inVirtualTime(Flux.never(), true)
                .expectNext(new LiveMessage.Expiring(START.plusSeconds(30)))
                .thenCancel()
                .verify();
    }

    @Test
    void cartThatIsNotThereIsClosed() {
        StepVerifier.create(watch.of(Mono.empty(), Flux.never(), false))
                .expectNext(new LiveMessage.Cart(null, CartNews.CLOSED))
                .verifyComplete();
    }

    @Test
    void hijackedCartDoesNotExpireAndIsWatchedAgainWhenItIsHandedBack() {
        var changes = Sinks.many().multicast().<String>directBestEffort();
        inVirtualTime(changes.asFlux(), false)
                .then(() -> news = CartNews.HIJACKED)
                .then(() -> changes.tryEmitNext("hijacked"))
                .expectNoEvent(Duration.ofHours(1))
                .then(() -> {
                    news = null;
                    expiresAt = expiresIn(75);
                    changes.tryEmitNext("handed back");
                })
                .expectNoEvent(Duration.ofMinutes(13))
                .expectNext(new LiveMessage.Expiring(expiresIn(75)))
                .then(changes::tryEmitComplete)
                .verifyComplete();
    }

    @Test
    void onlyWhoHasHeardNothingIsToldThatACartIsHijacked() {
        news = CartNews.HIJACKED;

        inVirtualTime(Flux.never(), true)
                .expectNext(new LiveMessage.Cart(null, CartNews.HIJACKED))
                .thenCancel()
                .verify();
        inVirtualTime(Flux.never(), false)
                .expectNoEvent(Duration.ofHours(1))
                .thenCancel()
                .verify();
    }

    /** Begins with the subscription, so that {@code expectNoEvent} counts from there. */
    private StepVerifier.Step<LiveMessage> inVirtualTime(Flux<?> changes, boolean fresh) {
        return StepVerifier.withVirtualTime(() -> watch.of(Mono.fromSupplier(this::pulse), changes, fresh))
                .expectSubscription();
    }

    private CartPulse pulse() {
        var now = START.plusMillis(VirtualTimeScheduler.get().now(java.util.concurrent.TimeUnit.MILLISECONDS));
        var left = Duration.between(now, expiresAt);
        var state = news == null && !left.isPositive() ? CartNews.CLOSED : news;
        return new CartPulse(state, expiresAt, left.isPositive() ? left : Duration.ZERO);
    }

    private static Instant expiresIn(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
