package dev.abendkasse.server.sandbox.web;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request, read in full. */
record SandboxRequest(
        @Nullable String path,
        @Nullable String part,
        String contentType,
        @Nullable String language,
        @Nullable String key,
        String body) {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    /** The payment in the address. */
    UUID id() {
        try {
            return UUID.fromString(String.valueOf(path));
        } catch (IllegalArgumentException e) {
            throw new Refusal(404, "There is no such payment");
        }
    }

    boolean json() {
        return contentType.startsWith("application/json");
    }

    Locale locale() {
        try {
            var wanted = Locale.LanguageRange.parse(language == null ? "en" : language);
            var best = Locale.lookup(wanted, LANGUAGES);
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
