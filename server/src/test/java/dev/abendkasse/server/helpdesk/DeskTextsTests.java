package dev.abendkasse.server.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CaseAttention;
import dev.abendkasse.office.model.CaseKind;
import dev.abendkasse.office.model.CaseMessageKind;
import dev.abendkasse.office.model.CaseRule;
import dev.abendkasse.office.model.CaseState;
import dev.abendkasse.server.helpdesk.domain.DeskCase;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskEntry.Event;
import dev.abendkasse.server.shared.Item.Price;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What tickets say. */
class DeskTextsTests {

    private static final String NUMBER = "5724098311";

    @ParameterizedTest
    @ValueSource(strings = {"de", "en"})
    void everyKindRuleAndEndHasWords(String language) {
        var texts = texts(language);
        for (var kind : CaseKind.values()) {
            for (var attention : CaseAttention.values()) {
                var text = texts.of(entry(Event.OPENED, "OPEN", about(kind.getValue(), attention.getValue())))
                        .summary();
                assertThat(text).doesNotContain("{", "}", "null", "OVERRUN", kind.getValue());
            }
        }
        for (var state : List.of(CaseState.APPROVED, CaseState.REJECTED, CaseState.EXPIRED, CaseState.SETTLED)) {
            assertThat(texts.of(entry(Event.ENDED, state.getValue(), plain())).news())
                    .doesNotContain(state.getValue());
        }
        for (var kind : CaseMessageKind.values()) {
            if (kind != CaseMessageKind.HELP_DESK) {
                assertThat(texts.of(message(kind.getValue())).news()).endsWith(":\n\nSome words");
            }
        }
    }

    @Test
    void ticketReadsLikeThisInGerman() {
        var text = texts("de").of(entry(Event.OPENED, "OPEN", about("CREDIT_LIMIT", "CONSPICUOUS")));

        assertThat(text.title()).isEqualTo("Vorgang 5724098311: Auftrag über dem Kreditlimit");
        assertThat(text.summary().replace('\u00a0', ' ')).isEqualTo("""
                Vorgangsnummer: 572 409 831 1
                Betrifft: Auftrag über dem Kreditlimit
                Auftrag: 100042
                Betrag: 180,00 €
                Gewünschtes Limit: 800,00 €
                Plätze gehalten bis: Donnerstag, 24. Dezember 2026, 19:30
                Kunde: Käthe Müßig
                E-Mail: kaethe@example.org
                Hier entscheiden: https://office.example.org/cases/5724098311

                Genauer anzusehen:
                - der Auftrag überschreitet das Limit um 5000 % (vermerkt ab 50 %)
                - es geht um 50,00 € (vermerkt ab 0,50 €)
                - 5000 Aufträge an einem Tag (vermerkt ab 50)
                - das Konto ist 5000 Tage alt (vermerkt unter 50)
                - 5000 andere offene Vorgänge (vermerkt ab 50)
                - 5000 abgelehnte Vorgänge in einem Jahr (vermerkt ab 50)
                - die Bücher weichen um 50,00 € ab
                - A_RULE_TO_COME""");
    }

    @Test
    void b7NoTextSpeaksOfBlocking() {
        assertThat(Stream.of("texts.properties", "texts_de.properties").flatMap(file -> bundle(file).values().stream()))
                .noneSatisfy(text -> assertThat(((String) text).toLowerCase(Locale.ROOT))
                        .containsPattern("block|blacklist|sperr|schwarz|unwanted|unerwünscht"));
    }

    @Test
    void textsAreTheSameInBothLanguagesButForTheirWords() {
        var german = bundle("texts_de.properties");
        var english = bundle("texts.properties");

        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet())
                .allSatisfy(key -> assertThat(values(german.getProperty((String) key)))
                        .isEqualTo(values(english.getProperty((String) key))));
        assertThat(Stream.concat(german.values().stream(), english.values().stream()))
                .as("' begins a quotation; ’ is the apostrophe")
                .noneSatisfy(text -> assertThat((String) text).contains("'"));
    }

    private static DeskTexts texts(String language) {
        var settings = Map.of(
                "abendkasse.help-desk.language",
                language,
                "abendkasse.help-desk.case-url",
                "https://office.example.org/cases/");
        return new DeskTexts(new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("abendkasse.help-desk", HelpDeskProperties.class));
    }

    private static DeskEntry entry(Event event, String state, DeskCase about) {
        return new DeskEntry(UUID.randomUUID(), event, state, Instant.EPOCH, false, "admin", null, null, about);
    }

    private static DeskEntry message(String kind) {
        return new DeskEntry(
                UUID.randomUUID(), Event.MESSAGE, "OPEN", Instant.EPOCH, false, "admin", kind, "Some words", plain());
    }

    private static DeskCase plain() {
        return new DeskCase(
                NUMBER,
                "DISPUTE",
                "ROUTINE",
                List.of(),
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                "Europe/Berlin",
                null);
    }

    /** With everything that there can be, and a rule that has no words. */
    private static DeskCase about(String kind, String attention) {
        var rules = Stream.concat(Stream.of(CaseRule.values()).map(CaseRule::getValue), Stream.of("A_RULE_TO_COME"));
        return new DeskCase(
                NUMBER,
                kind,
                attention,
                rules.map(rule -> new DeskCase.Finding(rule, 5000, 50)).toList(),
                "100042",
                new Price(18_000, "EUR"),
                new Price(80_000, "EUR"),
                Instant.parse("2026-12-24T18:30:00Z"),
                Instant.EPOCH,
                "Käthe\nMüßig",
                "kaethe@example.org",
                "Europe/Berlin",
                null);
    }

    private static List<String> values(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .distinct()
                .toList();
    }

    private static Properties bundle(String file) {
        var texts = new Properties();
        try (var in = DeskTextsTests.class.getResourceAsStream("/help-desk/" + file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
