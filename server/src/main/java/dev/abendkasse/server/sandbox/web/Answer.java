package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxPage;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back to the caller; the server adds the headers that every answer has. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String CLOSED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

    static Answer json(int status, String body) {
        return new Answer(status, "application/json", bytes(body), Map.of());
    }

    static Answer css(String body) {
        return new Answer(200, "text/css;charset=utf-8", bytes(body), Map.of());
    }

    /** @param directives what the page may do beside reading its styles, as in a Content-Security-Policy */
    static Answer html(int status, String body, String directives) {
        var policy = CLOSED + "; style-src 'self'; " + directives;
        return new Answer(status, "text/html;charset=utf-8", bytes(body), Map.of("Content-Security-Policy", policy));
    }

    static Answer seeOther(String location) {
        return new Answer(303, "text/plain;charset=utf-8", new byte[0], Map.of("Location", location));
    }

    static Answer of(SandboxPage.Raw raw) {
        return new Answer(200, raw.contentType(), raw.body(), raw.headers());
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
