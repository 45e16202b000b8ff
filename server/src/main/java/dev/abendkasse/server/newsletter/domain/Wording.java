package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words that people say yes to. */
public record Wording(
        int version,
        String textDe,
        String textEn,
        Instant createdAt,
        @Nullable String createdBy) {

    public String text(Locale language) {
        return language.getLanguage().equals("de") ? textDe : textEn;
    }
}
