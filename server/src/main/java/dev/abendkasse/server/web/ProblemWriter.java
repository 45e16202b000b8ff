package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as RFC 9457 has them, in the caller's language. */
@Component
final class ProblemWriter {

    private static final int MAX_DETAIL = 500;
    private static final int MAX_INSTANCE = 500;
    private static final int MAX_PARAMETER = 100;

    /** What says something about a body that is not sent now. */
    private static final List<String> STALE =
            List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.CONTENT_LENGTH, HttpHeaders.LAST_MODIFIED);

    private final FaultTexts texts;
    private final JsonMapper json;

    ProblemWriter(FaultTexts texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        var locale = Languages.of(exchange.getRequest());
        var body = json.writeValueAsBytes(members(exchange, problem, locale));
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.type().status()));
        setHeaders(response, problem, locale);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private Map<String, Object> members(ServerWebExchange exchange, ProblemException problem, Locale locale) {
        var type = problem.type();
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type.uri().toString());
        members.put("title", texts.title(type, locale));
        members.put("status", type.status());
        members.put("detail", texts.detail(type, locale));
        members.put("instance", bounded(exchange.getRequest().getURI().getRawPath(), MAX_INSTANCE));
        members.put("code", type.code());
        if (!problem.faults().isEmpty()) {
            members.put("errors", errors(problem.faults(), locale));
        }
        members.putAll(problem.extras());
        return members;
    }

    private List<Map<String, String>> errors(List<Fault> faults, Locale locale) {
        return faults.stream().limit(100).map(fault -> error(fault, locale)).toList();
    }

    private Map<String, String> error(Fault fault, Locale locale) {
        var error = new LinkedHashMap<String, String>();
        if (fault.pointer() != null) {
            error.put("pointer", fault.pointer());
        }
        if (fault.parameter() != null) {
            error.put("parameter", bounded(fault.parameter(), MAX_PARAMETER));
        }
        error.put("detail", bounded(texts.of(fault, locale), MAX_DETAIL));
        return error;
    }

    private static void setHeaders(ServerHttpResponse response, ProblemException problem, Locale locale) {
        var headers = response.getHeaders();
        STALE.forEach(headers::remove);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLanguage(locale);
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        var wait = waitFor(problem);
        if (wait != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(wait)));
        }
    }

    private static @Nullable Duration waitFor(ProblemException problem) {
        return problem.retryAfter() == null ? usualWait(problem.type()) : problem.retryAfter();
    }

    private static @Nullable Duration usualWait(ProblemType type) {
        return switch (type) {
            case REQUEST_IN_PROGRESS -> Duration.ofSeconds(1);
            case UNAVAILABLE -> Duration.ofSeconds(2);
            case TOO_MANY_REQUESTS, PAYMENT_IN_PROGRESS -> Duration.ofSeconds(5);
            default -> null;
        };
    }

    /** Rounded up: whoever comes back on the second must not be early. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    private static String bounded(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
