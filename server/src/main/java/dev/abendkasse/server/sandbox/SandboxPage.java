package dev.abendkasse.server.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Something that another module shows to developers on the sandbox's server, and only there. */
public interface SandboxPage {

    /** Where: {@code /<folder>}, and what is below it down to {@code /<folder>/{id}/{part}}. */
    String folder();

    /**
     * Empty when there is no such page.
     *
     * @param id null for the folder itself
     */
    Mono<View> show(@Nullable String id, @Nullable String part, Locale locale);

    /**
     * An answer.
     *
     * @param headers beside those that every answer of the sandbox has; one of the same name takes their place
     */
    record View(String contentType, byte[] body, Map<String, String> headers) {

        /** @param policy what the page may do, as a Content-Security-Policy */
        public static View html(String body, String policy) {
            return new View(
                    "text/html;charset=utf-8",
                    body.getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Security-Policy", policy));
        }
    }
}
