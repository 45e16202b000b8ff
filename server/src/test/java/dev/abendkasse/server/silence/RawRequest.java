package dev.abendkasse.server.silence;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as its bytes.
 *
 * @param headers besides those that every request has
 */
record RawRequest(
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String body) {

    private static final String CONTENT_TYPE = "Content-Type";

    static RawRequest get(String path) {
        return new RawRequest("GET", path, Map.of(), null);
    }

    static RawRequest post(String path, String body) {
        return new RawRequest("POST", path, Map.of(CONTENT_TYPE, "application/json"), body);
    }

    RawRequest method(String other) {
        return new RawRequest(other, path, headers, body);
    }

    /** The same with another body. */
    RawRequest saying(String other) {
        return new RawRequest(method, path, headers, other);
    }

    RawRequest with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new RawRequest(method, path, more, body);
    }

    RawRequest without(String header) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new RawRequest(method, path, fewer, body);
    }

    byte[] bytes(String authority) {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            var length = body.getBytes(StandardCharsets.UTF_8).length;
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        text.append("\r\n").append(body == null ? "" : body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
