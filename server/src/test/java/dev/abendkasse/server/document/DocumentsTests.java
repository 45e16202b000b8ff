package dev.abendkasse.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.testing.Awaited;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DocumentsTests {

    private final Documents documents = new Documents(new DocumentProperties(2, 6));

    @AfterEach
    void close() {
        documents.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Größe: Käthe Müßig",
                "Łódź, Dvořák, Őrség, Čapek",
                "Αντιγόνη",
                "Чайка",
                "\u201eFaust\u201c \u2013 5 \u20ac"
            })
    void lettersOfEuropeAreThere(String text) {
        assertThat(pages(text, Locale.GERMAN).texts().getFirst()).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"能楽", "\uD83C\uDFAD", "a\u0001b", "a\uD83Cb", "\uFFFE", "<script>alert(1)</script>", "&nope; ]]>"
            })
    void lettersThatTheFontLacksAndMarkupDoNoHarm(String text) {
        assertThat(pages("Faust " + text + " Ende", Locale.GERMAN).texts().getFirst())
                .contains("Faust")
                .contains("Ende");
    }

    @Test
    void theQrCodeReadsAsWhatItWasMadeFrom() {
        var code = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".repeat(5);

        assertThat(PdfPages.of(make(Map.of("text", "-", "price", Money.of(0, "EUR"), "code", code), Locale.GERMAN))
                        .code(0))
                .isEqualTo(code);
    }

    @Test
    void textsAndAmountsAreInTheLanguageAskedFor() {
        var german = pages("-", Locale.GERMAN);
        var english = pages("-", Locale.ENGLISH);

        assertThat(german.texts().getFirst()).contains("Ein Muster für alle").contains("1.234,50\u00a0€");
        assertThat(german.title()).isEqualTo("Ein Muster für alle");
        assertThat(german.language()).isEqualTo("de");
        assertThat(english.texts().getFirst()).contains("A sample").contains("€1,234.50");
        assertThat(english.language()).isEqualTo("en");
    }

    @Test
    void aLanguageIsAddedByAFileOfTextsAlone() {
        assertThat(documents.languages("sample")).containsExactly(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);
        assertThat(pages("-", Locale.FRENCH).texts().getFirst()).contains("Un exemple à tous");
    }

    @Test
    void aLanguageWithoutTextsGetsTheEnglishOnes() {
        assertThat(pages("-", Locale.ITALIAN).texts().getFirst()).contains("A sample");
    }

    @Test
    void whoComesWhenTheQueueIsFullIsRefused() {
        var outcomes = Awaited.of(Flux.range(0, 30)
                .flatMap(
                        _ -> documents
                                .pdf("sample", model("-"), Locale.GERMAN)
                                .map(_ -> "made")
                                .onErrorResume(BulkheadFullException.class, _ -> Mono.just("refused")),
                        30)
                .collectList());

        assertThat(outcomes).hasSize(30).contains("refused");
        assertThat(outcomes.stream().filter("made"::equals).count()).isGreaterThanOrEqualTo(8);
        documents
                .pdf("sample", model("-"), Locale.GERMAN)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
    }

    private PdfPages pages(String text, Locale locale) {
        return PdfPages.of(make(model(text), locale));
    }

    private byte[] make(Map<String, Object> model, Locale locale) {
        return Awaited.of(documents.pdf("sample", model, locale));
    }

    private static Map<String, Object> model(String text) {
        return Map.of("text", text, "price", Money.of(123_450, "EUR"), "code", "-");
    }
}
