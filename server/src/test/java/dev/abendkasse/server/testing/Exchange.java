package dev.abendkasse.server.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request and its answer as they went over the wire.
 *
 * @param requestBody null when it is not known
 * @param body null when it was not read, as with streams
 */
record Exchange(
        String method,
        URI uri,
        HttpHeaders requestHeaders,
        byte[] requestBody,
        int status,
        HttpHeaders headers,
        byte[] body) {

    String path() {
        return uri.getRawPath();
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isFailure() {
        return status >= 400;
    }

    /** The content type without its parameters, or nothing. */
    String mediaType() {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.CONTENT_TYPE))
                .map(type -> type.split(";")[0].strip())
                .orElse("");
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    @Override
    public String toString() {
        return method + " " + uri + " " + text(requestBody) + "\n-> " + status + " "
                + Map.copyOf(headers.toSingleValueMap()) + " " + text(body);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
