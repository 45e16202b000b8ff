package dev.abendkasse.server.relaunch;

import dev.abendkasse.server.relaunch.domain.Coverage;
import dev.abendkasse.server.relaunch.domain.Wrapping;
import dev.abendkasse.server.relaunch.store.CoverageStore;
import dev.abendkasse.server.relaunch.store.WrappingStore;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** How far the customers of the former shop have come over. */
@Service
public class RelaunchFigures {

    private final Mono<Wrapping> wrapping;
    private final Mono<Coverage> coverage;

    /** Counting a million accounts takes seconds, and a million sealed hashes a part of one, so for a while the last count is shown. */
    RelaunchFigures(
            WrappingStore hashes,
            CoverageStore coverage,
            @Value("${abendkasse.relaunch.wrapping-fresh-for:5s}") Duration wrappingFresh,
            @Value("${abendkasse.relaunch.coverage-fresh-for:1m}") Duration coverageFresh) {
        this.wrapping = kept(hashes.progress(), wrappingFresh);
        this.coverage = kept(coverage.count(), coverageFresh);
    }

    private static <T> Mono<T> kept(Mono<T> count, Duration fresh) {
        return count.cache(_ -> fresh, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    public Mono<Wrapping> wrapping() {
        return wrapping;
    }

    public Mono<Coverage> coverage() {
        return coverage;
    }
}
