package dev.abendkasse.server.live.web;

import dev.abendkasse.api.CustomerImportProgressApi;
import dev.abendkasse.api.LiveApi;
import dev.abendkasse.server.live.LiveProperties;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.ClientAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Bounds how many streams there are at once, on this server and for one address. */
@Component
class StreamLimits implements WebFilter {

    private static final Duration LATER = Duration.ofSeconds(10);

    private static final List<PathPattern> STREAMS = List.of(
            PathPatternParser.defaultInstance.parse(LiveApi.PATH_STREAM_CART),
            PathPatternParser.defaultInstance.parse(LiveApi.PATH_STREAM_SEATS),
            PathPatternParser.defaultInstance.parse(CustomerImportProgressApi.PATH_STREAM_CUSTOMER_IMPORT));

    private final LiveProperties properties;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;

    StreamLimits(LiveProperties properties, MeterRegistry meters) {
        this.properties = properties;
        meters.gauge("abendkasse.live.streams", this, StreamLimits::count);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return isStream(exchange.getRequest().getPath().pathWithinApplication())
                ? Mono.using(() -> enter(exchange), _ -> chain.filter(exchange), this::leave)
                : chain.filter(exchange);
    }

    private static boolean isStream(PathContainer path) {
        return STREAMS.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private synchronized String enter(ServerWebExchange exchange) {
        if (all >= properties.most()) {
            throw ProblemException.retryAfter(ProblemType.UNAVAILABLE, LATER);
        }
        var address = ClientAddress.of(exchange.getRequest()).prefix();
        if (byAddress.getOrDefault(address, 0) >= properties.mostPerAddress()) {
            throw ProblemException.retryAfter(ProblemType.TOO_MANY_REQUESTS, LATER);
        }
        all++;
        byAddress.merge(address, 1, Integer::sum);
        return address;
    }

    private synchronized void leave(String address) {
        all--;
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    private synchronized int count() {
        return all;
    }
}
