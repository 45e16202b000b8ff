package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Awaited;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PasswordsTests {

    private final Passwords passwords = passwords(2, 30);

    @Test
    void hashesAreArgon2idWithTheParametersOfTheDay() {
        var hash = Awaited.of(passwords.hash("correct horse"));

        assertThat(hash).startsWith("{argon2}$argon2id$v=19$m=19456,t=2,p=1$");
        passwords
                .check("correct horse", Mono.just(hash), own -> own)
                .as(StepVerifier::create)
                .expectNext(hash)
                .verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "correct hors", "correct horse "})
    void anotherPasswordIsWrong(String password) {
        var hash = Awaited.of(passwords.hash("correct horse"));

        passwords
                .check(password, Mono.just(hash), own -> own)
                .as(StepVerifier::create)
                .verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{noop}password", "{bcrypt}$2a$10$x", "{argon2}nonsense", "password"})
    void m6HashThatCannotBeReadIsAWrongPasswordAndNoError(String hash) {
        passwords
                .check("password", Mono.just(hash), own -> own)
                .as(StepVerifier::create)
                .verifyComplete();
    }

    @Test
    void m6LongPasswordsCountToTheLastCharacter() {
        var hash = Awaited.of(passwords.hash("ä".repeat(4096)));

        passwords
                .check("ä".repeat(4095), Mono.just(hash), own -> own)
                .as(StepVerifier::create)
                .verifyComplete();
        passwords
                .check("ä".repeat(4096), Mono.just(hash), own -> own)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void anUnknownAccountCostsAsMuchAsAKnownOne() {
        var hash = Awaited.of(passwords.hash("correct horse"));
        Awaited.of(passwords.check("wrong", Mono.just(hash), own -> own));

        var known = timeOf(Mono.just(hash));
        var unknown = timeOf(Mono.<String>empty());

        assertThat(unknown.toNanos()).isBetween(known.toNanos() / 3, known.toNanos() * 3);
    }

    @Test
    void whoComesWhenTheQueueIsFullIsRefusedBeforeTheAccountIsRead() {
        var small = passwords(1, 1);
        var read = new AtomicInteger();
        var account = Mono.fromSupplier(() -> "account " + read.incrementAndGet());

        var outcomes = Awaited.of(Flux.range(0, 20)
                .flatMap(
                        _ -> small.check("x", account, own -> own)
                                .map(_ -> "in")
                                .defaultIfEmpty("in")
                                .onErrorResume(BulkheadFullException.class, _ -> Mono.just("refused")),
                        20)
                .collectList());

        assertThat(outcomes).contains("refused").contains("in");
        assertThat(read).hasValue((int) outcomes.stream().filter("in"::equals).count());
    }

    private Duration timeOf(Mono<String> account) {
        var start = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            Awaited.of(passwords.check("wrong", account, own -> own));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Passwords passwords(int threads, int queue) {
        return new Passwords(new SecurityProperties(
                null,
                null,
                "abendkasse",
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                1,
                1,
                threads,
                queue,
                List.of()));
    }
}
