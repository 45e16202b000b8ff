package dev.abendkasse.server.sandbox;

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

    /** What is shown. */
    sealed interface View {}

    /** The inside of a page, HTML that is safe, in the frame that all pages have. It may frame others of its kind. */
    record Content(String title, String notice, String html) implements View {}

    /**
     * Anything else.
     *
     * @param headers beside those that every answer of the sandbox has; one of the same name takes their place
     */
    record Raw(String contentType, byte[] body, Map<String, String> headers) implements View {}
}
