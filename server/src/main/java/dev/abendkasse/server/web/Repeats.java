package dev.abendkasse.server.web;

import dev.abendkasse.server.shared.Idempotency;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes repeated requests recognisable. */
@Component
public class Repeats {

    private final JsonMapper json;

    Repeats(JsonMapper json) {
        this.json = json;
    }

    /**
     * @param scope the operation and what guards it
     * @param request everything that the request says besides its key
     */
    public Idempotency of(String scope, UUID key, @Nullable Object... request) {
        return new Idempotency(scope, key, hash(request));
    }

    /** The same for a key that may be left out. */
    public @Nullable Idempotency ifGiven(String scope, @Nullable UUID key, @Nullable Object... request) {
        return key == null ? null : of(scope, key, request);
    }

    private String hash(@Nullable Object... request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(json.writeValueAsBytes(Arrays.asList(request))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
