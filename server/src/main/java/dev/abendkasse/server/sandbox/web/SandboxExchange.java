package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reads a request within bounds and writes the answer with the headers that every answer has. */
@SandboxComponent
class SandboxExchange {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxExchange.class);
    private static final int MAX_BYTES = 16 * 1024;

    private final SandboxRoutes routes;

    SandboxExchange(SandboxRoutes routes) {
        this.routes = routes;
    }

    Mono<Void> answer(HttpServerRequest in, HttpServerResponse out, Function<SandboxRequest, Mono<Answer>> handler) {
        return body(in).map(body -> request(in, body))
                .flatMap(handler)
                .onErrorResume(error -> Mono.just(failed(error)))
                .flatMap(answer -> send(out, answer));
    }

    private Answer failed(Throwable error) {
        if (error instanceof Refusal refusal) {
            return routes.refused(refusal);
        }
        LOG.error("The sandbox failed", error);
        return routes.refused(new Refusal(500, "The sandbox failed"));
    }

    private static SandboxRequest request(HttpServerRequest in, String body) {
        var headers = in.requestHeaders();
        return new SandboxRequest(
                in.param("id"),
                in.param("part"),
                Objects.requireNonNullElse(headers.get(HttpHeaderNames.CONTENT_TYPE), ""),
                headers.get(HttpHeaderNames.ACCEPT_LANGUAGE),
                headers.get("Idempotency-Key"),
                body);
    }

    private static Mono<String> body(HttpServerRequest in) {
        return in.receive()
                .asByteArray()
                .collect(ByteArrayOutputStream::new, SandboxExchange::append)
                .map(bytes -> bytes.toString(StandardCharsets.UTF_8));
    }

    private static void append(ByteArrayOutputStream bytes, byte[] more) {
        if (bytes.size() + more.length > MAX_BYTES) {
            throw new Refusal(413, "The body is too large");
        }
        bytes.writeBytes(more);
    }

    private static Mono<Void> send(HttpServerResponse out, Answer answer) {
        out.status(answer.status())
                .header(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.VARY, "Accept-Language");
        answer.headers().forEach(out::header);
        return out.sendByteArray(Mono.just(answer.body())).then();
    }
}
