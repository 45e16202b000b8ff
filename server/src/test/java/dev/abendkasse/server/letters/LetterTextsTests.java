package dev.abendkasse.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.letters.domain.Letter;
import dev.abendkasse.server.letters.domain.Letter.CaseState;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.letters.domain.LetterFacts.Refund.Reason;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.mail.OpenedMail;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.testing.Awaited;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What letters say. */
class LetterTextsTests {

    private static final String LINK = "https://shop.example.org/pay#token=s3cret&x=1";
    private static final byte[] PDF = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);

    static Stream<Arguments> letters() {
        var all = new ArrayList<Arguments>();
        variants().forEach((letter, variants) -> {
            for (int i = 0; i < variants.size(); i++) {
                for (var language : List.of("de", "en")) {
                    all.add(Arguments.of(
                            letter, i, language, variants.get(i).in(language).facts()));
                }
            }
        });
        return all.stream();
    }

    /** Every branch of every template. */
    private static Map<Letter, List<FactsFixture>> variants() {
        var confirmed = FactsFixture.of(State.CONFIRMED);
        var paid = confirmed.paid(PaymentStatus.PAID);
        var ended = FactsFixture.of(State.CANCELLED);
        var reserved = FactsFixture.of(State.RESERVED);
        return Map.ofEntries(
                Map.entry(
                        Letter.ORDER_CONFIRMED,
                        List.of(
                                confirmed,
                                confirmed.byTransfer(PurchaseMethod.INVOICE),
                                paid,
                                paid.at(FactsFixture.SEAT_OF_A_SMALL_HALL))),
                Map.entry(Letter.RESERVATION_REMINDER, List.of(reserved.remindedOf(FactsFixture.DEADLINE))),
                Map.entry(Letter.ORDER_RESERVED, List.of(reserved, reserved.byTransfer(PurchaseMethod.BANK_TRANSFER))),
                Map.entry(
                        Letter.ORDER_UNDER_REVIEW,
                        List.of(FactsFixture.of(State.UNDER_REVIEW).matter(CaseState.OPEN))),
                Map.entry(Letter.ORDER_CANCELLED, List.of(ended, confirmed.withReturns())),
                Map.entry(Letter.ORDER_EXPIRED, List.of(FactsFixture.of(State.EXPIRED))),
                Map.entry(Letter.ORDER_REFUNDED, refunds(paid)),
                Map.entry(Letter.PAYMENT_LINK, List.of(reserved.link(true))),
                Map.entry(
                        Letter.PERFORMANCE_CANCELLED,
                        List.of(
                                ended.cancelled(),
                                paid.cancelled(),
                                reserved.cancelled(),
                                paid.cancelled().refund(Reason.PERFORMANCE_CANCELLED, false),
                                ended.cancelled().refund(Reason.PERFORMANCE_CANCELLED, true),
                                ended.paid(PaymentStatus.REFUNDED).cancelled())),
                Map.entry(
                        Letter.PERFORMANCE_POSTPONED,
                        List.of(paid.postponed(FactsFixture.START), paid.postponed(null), reserved.postponed(null))),
                Map.entry(
                        Letter.CASE_APPROVED,
                        List.of(confirmed.matter(CaseState.APPROVED), reserved.matter(CaseState.APPROVED))),
                Map.entry(
                        Letter.CASE_REJECTED,
                        List.of(
                                ended.matter(CaseState.REJECTED),
                                ended.paid(PaymentStatus.REFUNDED).matter(CaseState.REJECTED))));
    }

    private static List<FactsFixture> refunds(FactsFixture order) {
        var gone = FactsFixture.of(State.REFUNDED).paid(PaymentStatus.REFUNDED);
        var all = new ArrayList<FactsFixture>();
        Stream.of(Reason.values()).forEach(reason -> all.add(order.refund(reason, false)));
        all.add(gone.refund(Reason.BUYER_REQUEST, true));
        return all;
    }

    @Test
    void everyLetterIsTried() {
        assertThat(variants()).containsOnlyKeys(Letter.values());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("letters")
    void everyLetterIsCompleteInBothLanguages(Letter letter, int variant, String language, LetterFacts facts) {
        var mail = read(letter, facts);

        assertThat(letter.holds(facts)).isTrue();
        var shown = mail.html().substring(mail.html().indexOf("<body>"));
        for (var part : List.of(mail.subject(), mail.text(), shown)) {
            assertThat(part).isNotBlank().doesNotContain("??", "null", "{", "}", "[(", "th:", "LetterModel");
        }
        assertThat(mail.text())
                .startsWith(language.equals("de") ? "Guten Tag Käthe Müßig,\n" : "Dear Käthe Müßig,\n")
                .endsWith("\n")
                .contains("100000", "Theater am Markt")
                .doesNotContain("<", "\n\n\n");
        assertThat(mail.html()).contains("lang=\"" + language + "\"", "Käthe Müßig", "Theater am Markt");
    }

    @Test
    void textsAreTheSameInBothLanguagesButForTheirWords() {
        var german = texts("texts_de.properties");
        var english = texts("texts.properties");

        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet())
                .allSatisfy(key -> assertThat(values(german.getProperty((String) key)))
                        .as("what %s speaks of", key)
                        .isEqualTo(values(english.getProperty((String) key))));
        assertThat(Stream.concat(german.values().stream(), english.values().stream()))
                .as("' begins a quotation; ’ is the apostrophe")
                .noneSatisfy(text -> assertThat((String) text).contains("'"));
    }

    @Test
    void confirmationReadsLikeThisInGerman() {
        var mail = read(
                Letter.ORDER_CONFIRMED,
                FactsFixture.of(State.CONFIRMED).paid(PaymentStatus.PAID).facts());

        assertThat(mail.subject()).isEqualTo("Ihre Karten: Faust (Auftrag 100000)");
        assertThat(mail.text().replace('\u00a0', ' ')).isEqualTo("""
                        Guten Tag Käthe Müßig,

                        Vielen Dank für Ihre Bestellung. Der Auftrag 100000 ist bestätigt, die Plätze gehören Ihnen.

                        Ihre Karten hängen an dieser Nachricht. Sie können sie ausdrucken oder auf dem Telefon zeigen; der \
                        Code auf jeder Karte wird am Einlass gelesen und gilt für eine Person und einmal.

                        Faust
                        Donnerstag, 24. Dezember 2026, 19:30 MEZ
                        Großes Haus

                        - Parkett, Reihe 3, Platz 12 (Ermäßigt): 30,00 €
                        - Stehplatz (Normal): 50,00 €

                        Gesamt: 80,00 €

                        Freundliche Grüße
                        Theater am Markt

                        --
                        Auftrag 100000. Diese Nachricht wurde automatisch verschickt.
                        """);
    }

    @Test
    void confirmationReadsLikeThisInEnglish() {
        var mail = read(
                Letter.ORDER_CONFIRMED,
                FactsFixture.of(State.CONFIRMED)
                        .paid(PaymentStatus.PAID)
                        .in("en")
                        .facts());

        assertThat(mail.subject()).isEqualTo("Your tickets: Faust (order 100000)");
        assertThat(mail.text()).contains("24 December 2026", "19:30 CET", "€30.00", "Total: €80.00", "row 3, seat 12");
    }

    @Test
    void orderOnAccountSaysWhereTheMoneyGoesAndBringsTheInvoice() {
        var facts = FactsFixture.of(State.CONFIRMED)
                .byTransfer(PurchaseMethod.INVOICE)
                .facts();
        var mail = read(Letter.ORDER_CONFIRMED, facts);

        assertThat(mail.text().replace('\u00a0', ' ')).contains("""
                        Die Rechnung liegt bei. Bitte zahlen Sie 80,00 € auf Rechnung.

                        Kontoinhaber: Theater am Markt
                        IBAN: DE89 3704 0044 0532 0130 00
                        Verwendungszweck, bitte angeben: R-100000
                        """);
        assertThat(mail.attachments())
                .extracting(file -> file.name())
                .containsExactly("tickets-100000.pdf", "invoice-100000.pdf");
    }

    @Test
    void caseNumberIsGroupedForThePhoneAndNothingIsPromised() {
        var facts = FactsFixture.of(State.UNDER_REVIEW).matter(CaseState.OPEN);

        assertThat(read(Letter.ORDER_UNDER_REVIEW, facts.facts()).text()).contains("123 456 789 4");
        assertThat(read(Letter.ORDER_UNDER_REVIEW, facts.in("en").facts()).text())
                .contains("123 456 789 4")
                .doesNotContain("confirm", "soon", "within", "will be yours");
    }

    @Test
    void linkStandsInTheMailAsItIs() {
        var mail = read(
                Letter.PAYMENT_LINK, FactsFixture.of(State.RESERVED).link(true).facts());

        assertThat(mail.text()).contains("\n" + LINK + "\n").contains("80,00");
        assertThat(mail.html()).contains("href=\"" + LINK.replace("&", "&amp;") + "\"");
    }

    @Test
    void namesThatTryToBeMarkupOrFurtherParagraphsAreJustNames() {
        var name = "<img src=x onerror=alert(1)> \"A\" & 'B'\r\nBcc: victim@example.org\n\nYou won";
        var mail = read(
                Letter.ORDER_RESERVED,
                FactsFixture.of(State.RESERVED).named(name).facts());

        assertThat(mail.html())
                .doesNotContain("<img")
                .contains(
                        "&lt;img src=x onerror=alert(1)&gt; &quot;A&quot; &amp; &#39;B&#39; Bcc: victim@example.org You won");
        assertThat(mail.text()).startsWith("Guten Tag <img src=x onerror=alert(1)> \"A\" & 'B' Bcc:");
    }

    @Test
    void orderWithoutTicketsNamesTheShop() {
        var facts = FactsFixture.of(State.CONFIRMED).facts();
        var mail = letters(Mono.empty()).write(UUID.randomUUID(), Letter.ORDER_CONFIRMED, facts, "b@example.org");

        assertThat(MailFixture.read(Awaited.of(mail)).text()).contains("finden Sie im Shop");
        assertThat(MailFixture.read(Awaited.of(mail)).attachments()).isEmpty();
    }

    private static OpenedMail read(Letter letter, LetterFacts facts) {
        return MailFixture.read(
                Awaited.of(letters(Mono.just(PDF)).write(UUID.randomUUID(), letter, facts, "buyer@example.org")));
    }

    private static Letters letters(Mono<byte[]> files) {
        return new Letters(new Enclosures((_, _) -> files, (_, _) -> files), _ -> Mono.just(LINK));
    }

    private static List<String> values(String text) {
        return java.util.regex.Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .sorted()
                .distinct()
                .toList();
    }

    private static Properties texts(String file) {
        var texts = new Properties();
        try (var in = LetterTextsTests.class.getResourceAsStream("/mail/" + file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
