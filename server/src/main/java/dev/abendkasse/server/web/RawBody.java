package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The body as it came, for signatures over every byte of it. */
public final class RawBody {

    private RawBody() {}

    /** Nothing of a body that is longer. */
    public static Mono<byte[]> of(ServerWebExchange exchange, int maxBytes) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), maxBytes)
                .map(RawBody::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(DataBufferLimitException.class, _ -> new ProblemException(ProblemType.CONTENT_TOO_LARGE));
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
