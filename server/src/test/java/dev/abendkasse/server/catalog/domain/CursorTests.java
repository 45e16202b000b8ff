package dev.abendkasse.server.catalog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.catalog.domain.Cursor.AfterEvent;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTests {

    private static final String ID = "0199d1d0-2222-7b22-9c33-1b2c3d4e5f60";

    @Test
    void cursorComesBackAsItWas() {
        var after = new AfterEvent(
                Instant.parse("2026-11-22T04:01:00.123456Z"),
                Instant.parse("2026-12-01T18:30:00Z"),
                UUID.fromString(ID));

        assertThat(Cursor.of(after)).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.afterEvent(Cursor.of(after))).contains(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",,",
                "2026-12-01T18:30:00Z,2026-12-01T18:30:00Z",
                "2026-12-01T18:30:00Z,2026-12-01T18:30:00Z,x",
                "+1000000000-12-31T23:59:59Z,2026-12-01T18:30:00Z," + ID,
                "-0001-12-31T23:59:59Z,2026-12-01T18:30:00Z," + ID,
                "2026-12-01T18:30:00Z,2026-12-01T18:30:00Z," + ID + ","
            })
    void whatIsNotOursIsNoCursor(String text) {
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());

        assertThat(Cursor.afterEvent(cursor)).isEmpty();
    }
}
