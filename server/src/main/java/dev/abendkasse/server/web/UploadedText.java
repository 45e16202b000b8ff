package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** An uploaded file, with the characters that its sender says it has. */
public record UploadedText(byte[] bytes, Charset charset) {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Set<Charset> READ = Set.of(StandardCharsets.UTF_8, WINDOWS);

    /** How large it may be is seen to before. */
    public static Mono<UploadedText> of(ServerHttpRequest request) {
        var charset = charset(request.getHeaders().getContentType());
        return DataBufferUtils.join(request.getBody())
                .map(UploadedText::bytes)
                .filter(bytes -> bytes.length > 0)
                .switchIfEmpty(Mono.error(UploadedText::missing))
                .map(bytes -> new UploadedText(bytes, charset));
    }

    /** What tells this file from another. */
    public String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(charset.name().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Charset charset(@Nullable MediaType type) {
        var stated = type == null ? null : type.getCharset();
        if (stated != null && !READ.contains(stated)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        return stated == null ? StandardCharsets.UTF_8 : stated;
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#", "{fault.missing}"));
    }
}
