package dev.abendkasse.server.helpdesk.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.helpdesk.domain.DeskCase;
import dev.abendkasse.server.helpdesk.domain.DeskCase.Finding;
import dev.abendkasse.server.helpdesk.domain.DeskCase.Ticket;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskText;
import dev.abendkasse.server.shared.Item.Price;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The body that docs/help-desk.md shows is the one that is sent. */
class DeskEventTests {

    private static final Path DOCUMENT = Path.of("docs/help-desk.md");
    private static final Pattern SHOWN = Pattern.compile("```json help-desk-event\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void documentShowsAllFieldsAsTheyAreSent() throws Exception {
        var about = new DeskCase(
                "5724098311",
                "CREDIT_LIMIT",
                "CONSPICUOUS",
                List.of(new Finding("OVERRUN", 60, 50)),
                "100042",
                new Price(18_000, "EUR"),
                new Price(80_000, "EUR"),
                Instant.parse("2026-12-03T18:05:12Z"),
                Instant.parse("2026-12-01T17:55:12Z"),
                "Example Buyer",
                "buyer@example.org",
                "Europe/Berlin",
                new Ticket("42", "31042", null));
        var question = "When does the school pay?";
        var entry = new DeskEntry(
                UUID.randomUUID(),
                DeskEntry.Event.MESSAGE,
                "WAITING_FOR_CUSTOMER",
                Instant.parse("2026-12-01T18:05:12Z"),
                false,
                "till-1",
                "QUESTION",
                question,
                about);
        var text = new DeskText(
                "Case 5724098311: an order over the credit limit", "", "till-1 has asked the customer:\n\n" + question);

        var sent = JSON.valueToTree(DeskEvent.of(entry, text));

        assertThat((Object) JSON.readTree(shown())).isEqualTo(JSON.readTree(sent.toString()));
    }

    private static String shown() throws Exception {
        var found = SHOWN.matcher(Files.readString(DOCUMENT));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
