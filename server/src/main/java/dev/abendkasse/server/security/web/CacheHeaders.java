package dev.abendkasse.server.security.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What may be kept of an answer, unless the answer says so itself: nothing, except what anyone may read, which may be
 * kept and is asked for again by its ETag.
 */
@Component
class CacheHeaders implements ServerHttpHeadersWriter {

    private final ContractRules rules;

    CacheHeaders(ContractRules rules) {
        this.rules = rules;
    }

    @Override
    public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
        return Mono.fromRunnable(() -> {
            var headers = exchange.getResponse().getHeaders();
            if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
                headers.set(HttpHeaders.CACHE_CONTROL, isForAnyone(exchange) ? "no-cache" : "no-store");
            }
        });
    }

    private boolean isForAnyone(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var status = exchange.getResponse().getStatusCode();
        var read = HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod());
        return read
                && (status == null || HttpStatus.NOT_MODIFIED.isSameCodeAs(status) || status.is2xxSuccessful())
                && rules.operation(request).filter(Operation::isPublic).isPresent();
    }
}
