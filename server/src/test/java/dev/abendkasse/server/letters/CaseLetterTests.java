package dev.abendkasse.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.letters.domain.CaseLetter;
import dev.abendkasse.server.letters.domain.CaseLetterFacts;
import dev.abendkasse.server.letters.domain.Letter.CaseState;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.mail.OpenedMail;
import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.testing.Awaited;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What letters about cases say, and when they are still true. */
class CaseLetterTests {

    private static final String LINK = "https://shop.example.org/case#1234567894.s3cret";
    private static final CaseLetters LETTERS = new CaseLetters(_ -> Mono.just(LINK));

    @ParameterizedTest
    @EnumSource
    void everyLetterIsCompleteInBothLanguages(CaseLetter letter) {
        for (var language : List.of("de", "en")) {
            var mail = read(letter, facts(CaseState.OPEN, language, "Käthe Müßig", "For which evenings?"));

            var shown = mail.html().substring(mail.html().indexOf("<body>"));
            for (var part : List.of(mail.subject(), mail.text(), shown)) {
                assertThat(part)
                        .contains("123 456 789 4")
                        .doesNotContain("??", "null", "{", "}", "[(", "th:", "LetterModel");
            }
            assertThat(mail.text())
                    .startsWith(language.equals("de") ? "Guten Tag Käthe Müßig,\n" : "Dear Käthe Müßig,\n")
                    .doesNotContain("<", "\n\n\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CASE_QUESTION, WAITING_FOR_CUSTOMER",
        "LIMIT_APPROVED, APPROVED",
        "LIMIT_REJECTED, REJECTED",
    })
    void d17LetterIsSentOnlyWhileItsCaseIsAsItSays(CaseLetter letter, CaseState state) {
        var states = EnumSet.allOf(CaseState.class);
        states.removeIf(one -> !letter.holds(facts(one, "de", "A", "A question?")));

        assertThat(states).isEqualTo(Set.of(state));
    }

    @Test
    void d17QuestionThatAnotherHasFollowedIsNotSent() {
        var facts = facts(CaseState.WAITING_FOR_CUSTOMER, "de", "A", null);

        assertThat(CaseLetter.CASE_QUESTION.holds(facts)).isFalse();
    }

    @Test
    void questionsOfStaffAndNamesOfBuyersAreNeverMarkup() {
        var facts = facts(CaseState.OPEN, "en", "<b>A</b>\r\nB", "Is <img src=x onerror=alert(1)> yours?\nOr not?");

        var mail = read(CaseLetter.CASE_QUESTION, facts);

        assertThat(mail.html()).doesNotContain("<img", "<b>A").contains("&lt;img src=x onerror=alert(1)&gt;", LINK);
        assertThat(mail.text())
                .startsWith("Dear <b>A</b> B,\n")
                .contains("\nIs <img src=x onerror=alert(1)> yours?\nOr not?\n", "\n" + LINK + "\n");
    }

    @Test
    void limitIsNamedAndARefusalPromisesNothing() {
        var facts = facts(CaseState.REJECTED, "en", "A", null);

        assertThat(read(CaseLetter.LIMIT_APPROVED, facts).text()).contains("€600.00");
        assertThat(read(CaseLetter.LIMIT_REJECTED, facts).text())
                .contains("€600.00")
                .doesNotContain("soon", "again later", "black", "block");
    }

    @Test
    void everyLetterHasATemplateOfItsName() {
        assertThat(Arrays.stream(CaseLetter.values()))
                .allSatisfy(letter ->
                        assertThat(CaseLetter.byTemplate(letter.template())).contains(letter));
        assertThat(CaseLetter.byTemplate("order-confirmed")).isEmpty();
    }

    private static OpenedMail read(CaseLetter letter, CaseLetterFacts facts) {
        return MailFixture.read(Awaited.of(LETTERS.write(UUID.randomUUID(), letter, facts, "buyer@example.org")));
    }

    /** @param question null: something else has been asked since */
    private static CaseLetterFacts facts(CaseState state, String language, String buyer, String question) {
        return new CaseLetterFacts(
                Instant.parse("2026-12-01T10:00:00Z"),
                "1234567894",
                state,
                language,
                "Theater am Markt",
                "buyer@example.org",
                buyer,
                null,
                new Price(60_000, "EUR"),
                UUID.randomUUID(),
                question == null ? "An older one?" : question,
                question != null);
    }
}
