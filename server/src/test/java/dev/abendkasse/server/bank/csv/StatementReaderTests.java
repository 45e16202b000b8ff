package dev.abendkasse.server.bank.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.bank.csv.StatementReading.Faulty;
import dev.abendkasse.server.bank.csv.StatementReading.Read;
import dev.abendkasse.server.bank.domain.Credit;
import dev.abendkasse.server.csv.CsvFault;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements as German banks export them, and what is wrong with others. Names are made up; the payer's account is the example
 * that the IBAN registry (ISO 13616) gives for Germany, the organiser's is at a bank code that no bank has, and a BIC with a 0 in
 * the eighth place is for tests.
 */
class StatementReaderTests {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final LocalDate SEVENTH = LocalDate.of(2026, 12, 7);
    private static final LocalDate FIFTH = LocalDate.of(2026, 12, 5);

    private final StatementReader reader = new StatementReader(Formats.usual());

    @Test
    void statementOfASavingsBankIsRead() {
        var read = read("""
                "Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";\
                "Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";\
                "Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";\
                "BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
                "DE36000000000000202051";"07.12.26";"05.12.26";"GUTSCHR. UEBERWEISUNG";"Auftrag 100042";"";"";"NOTPROVIDED";\
                "";"";"";"Jörg Müßig";"DE89370400440532013000";"EXAMDEX0XXX";"1.234,56";"EUR";"Umsatz gebucht"
                "DE36000000000000202051";"08.12.26";"08.12.26";"GUTSCHR. UEBERWEISUNG";"Auftrag 100043";"";"";"";"";"";"";\
                "Example Buyer";"";"";"10,00";"EUR";"Umsatz vorgemerkt"
                "DE36000000000000202051";"07.12.26";"07.12.26";"FOLGELASTSCHRIFT";"Strom";"";"";"";"";"";"";"Stadtwerke";"";"";\
                "-99,00";"EUR";"Umsatz gebucht"
                """, WINDOWS);

        assertThat(read.passedOver()).isEqualTo(2);
        assertThat(read.credits())
                .containsExactly(new Credit(
                        2,
                        SEVENTH,
                        FIFTH,
                        123_456,
                        "EUR",
                        "DE36000000000000202051",
                        "Auftrag 100042 GUTSCHR. UEBERWEISUNG NOTPROVIDED",
                        "Jörg Müßig",
                        "DE89370400440532013000"));
    }

    @Test
    void statementOfACooperativeBankIsRead() {
        var read = read("""
                Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;\
                Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;\
                Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Kategorie;Steuerrelevant;Glaeubiger ID;\
                Mandatsreferenz
                Kasse;DE36000000000000202051;XXX;Bank;07.12.2026;05.12.2026;Example Buyer;DE89370400440532013000;YYY;\
                Überweisungsgutschr.;Rechnung R-2026-000123;2500,00;EUR;3500,00;;;;;
                """);

        assertThat(read.credits()).singleElement().satisfies(credit -> {
            assertThat(credit.account()).isEqualTo("DE36000000000000202051");
            assertThat(credit.amount()).isEqualTo(250_000);
            assertThat(credit.payerAccount()).isEqualTo("DE89370400440532013000");
        });
    }

    @Test
    void preambleFooterAndColumnsForDebitAndCreditOfTheLargeBanksAreUnderstood() {
        var read = read("""
                Umsätze
                Konto;Filial-/Kontonummer;IBAN;Währung
                Girokonto;1;DE36000000000000202051;EUR

                1.12.2026 - 7.12.2026
                Letzter Kontostand;;;;2.500,00;EUR
                Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
                Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;\
                Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;\
                Anzahl der Schecks;Soll;Haben;Währung
                7.12.2026;5.12.2026;SEPA-Gutschrift;Example Buyer;Auftrag 100042;DE89370400440532013000;;;;;;;;;;;750;EUR
                7.12.2026;7.12.2026;SEPA-Gutschrift;Example Buyer;Auftrag 100043;DE89370400440532013000;;;;;;2.000;;;;;2.000;EUR
                6.12.2026;6.12.2026;SEPA-Lastschrift;Stadtwerke;Strom;;;;;;;;;;;-119,00;;EUR
                Kontostand;7.12.2026;;;1.200,00;EUR
                """);

        assertThat(read.credits()).extracting(Credit::amount).containsExactly(75_000L, 200_000L);
        assertThat(read.credits()).extracting(Credit::row).containsExactly(9, 10);
        assertThat(read.credits().getFirst().bookedOn()).isEqualTo(SEVENTH);
        assertThat(read.credits().getFirst().valueOn()).isEqualTo(FIFTH);
        assertThat(read.passedOver()).isOne();
    }

    @Test
    void directBanksAreUnderstoodWithTheirCurrencyTwiceTheirMarkAndWhatIsOnlyAnnounced() {
        var one = read("""
                Umsatzanzeige;Datei erstellt am: 07.12.2026 09:00

                IBAN;DE02 1203 0000 0000 2020 51
                Saldo;1.234,56;USD

                Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
                07.12.2026;05.12.2026;Example Buyer;Gutschrift;"Auftrag
                100042; mit ""Zeichen""\";1.188,89;USD;61,25;EUR
                """);
        var other = read("\uFEFF" + """
                "Girokonto";"DE36000000000000202051"
                ""
                "Kontostand vom 07.12.2026:";"1.234,56 €"
                ""
                "Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";\
                "Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
                "07.12.26";"";"Vorgemerkt";"Example Buyer";"Theater";"Auftrag 100043";"Eingang";"";"7";"";"";""
                "07.12.26";"05.12.26";"Gebucht";"Example Buyer";"Theater";"Auftrag 100042";"Eingang";"DE89";"62,3";"";"";"E2E-1"
                """);

        assertThat(one.credits()).singleElement().satisfies(credit -> {
            assertThat(credit.amount()).isEqualTo(6_125);
            assertThat(credit.currency()).isEqualTo("EUR");
            assertThat(credit.text()).isEqualTo("Auftrag 100042; mit \"Zeichen\" Gutschrift");
        });
        assertThat(other.passedOver()).isOne();
        assertThat(other.credits()).singleElement().satisfies(credit -> {
            assertThat(credit.amount()).isEqualTo(6_230);
            assertThat(credit.text()).isEqualTo("Auftrag 100042 E2E-1");
        });
    }

    @Test
    void oneDateStandsForBoth() {
        var read = read("""
                Buchungstag;Betrag;Verwendungszweck
                2026-12-07;5;x
                """);

        assertThat(read.credits().getFirst().valueOn()).isEqualTo(SEVENTH);
        assertThat(read.credits().getFirst().currency()).isEqualTo("EUR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,56 | 123456",
                "1234,56 | 123456",
                "1234.56 | 123456",
                "1,234.56 | 123456",
                "1.234.567,8 | 123456780",
                "750 | 75000",
                "2.000 | 200000",
                "2,000 | 200000",
                "+5,5 | 550",
                "0,01 | 1",
                "49,50 € | 4950",
                "49,50 EUR | 4950",
                "1 234,56 | 123456"
            })
    void amountsAreReadInBothManners(String written, long cents) {
        assertThat(oneLine("07.12.2026", written).credits())
                .singleElement()
                .satisfies(credit -> assertThat(credit.amount()).isEqualTo(cents));
    }

    @ParameterizedTest
    @ValueSource(strings = {"07.12.2026", "7.12.2026", "07.12.26", "2026-12-07"})
    void datesAreReadInAllManners(String written) {
        assertThat(oneLine(written, "5").credits())
                .singleElement()
                .satisfies(credit -> assertThat(credit.bookedOn()).isEqualTo(SEVENTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5,00", "0", "\u22125,00", "0,00"})
    void onlyMoneyThatComesInCounts(String amount) {
        assertThat(oneLine("07.12.2026", amount)).isEqualTo(new Read(List.of(), 1));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("", "#row=1", "header"),
                fault("Datum;Geld\n1;2\n", "#row=1", "header"),
                fault(header("07.12.2026;x"), "#row=2", "too-short"),
                fault(header("31.02.2026;x;5,00;EUR"), "#cell=2,1", "date"),
                fault(header("12/07/2026;x;5,00;EUR"), "#cell=2,1", "date"),
                fault(header("07.12.1026;x;5,00;EUR"), "#cell=2,1", "date"),
                fault(header(";x;5,00;EUR"), "#cell=2,1", "date"),
                fault(header("07.12.2026;x;fünf;EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;1.23,4;EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;1,2345;EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;;EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;=1+1;EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;" + "9".repeat(30) + ";EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;9999999999999;EUR"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;1,5;JPY"), "#cell=2,3", "amount"),
                fault(header("07.12.2026;x;5,00;Euro"), "#cell=2,4", "currency"),
                fault(header("07.12.2026;x;5,00;QQQ"), "#cell=2,4", "currency"),
                fault(header("07.12.2026;" + "x".repeat(1001) + ";5,00;EUR"), "#cell=2,2", "too-long"),
                fault(header("07.12.2026;" + "x".repeat(5000) + ";5,00;EUR"), "#row=2", "csv.fault.form"),
                fault(header(";".repeat(200)), "#row=2", "csv.fault.form"),
                fault(header("07.12.2026;\"x;5,00;EUR\n" + "y\n".repeat(4000)), "#row=2", "csv.fault.form"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultIsPointedAt(String file, CsvFault expected) {
        assertThat(reader.read(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(new Faulty(List.of(expected)));
    }

    @Test
    void everyFaultOfAFileIsToldUpToAHundred() {
        var file = header("x;x;5,00;EUR\n".repeat(150));

        var reading = (Faulty) reader.read(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(reading.faults()).hasSize(100);
        assertThat(reading.faults().getLast()).isEqualTo(new CsvFault("#cell=101,1", "bank.fault.date"));
    }

    @Test
    void moreCreditsThanAreTakenAreAFault() {
        var file = header("07.12.2026;x;5,00;EUR\n".repeat(5001));

        assertThat(reader.read(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(new Faulty(List.of(new CsvFault("#row=5002", "bank.fault.too-many"))));
    }

    @Test
    void characterOfAnotherEncodingIsAFaultInItsRow() {
        var file = header("07.12.2026;Müller;5,00;EUR");

        assertThat(reader.read(file.getBytes(WINDOWS), StandardCharsets.UTF_8))
                .isEqualTo(new Faulty(List.of(new CsvFault("#row=2", "csv.fault.encoding"))));
        assertThat(reader.read(file.getBytes(WINDOWS), WINDOWS)).isInstanceOf(Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+49 30 123", "@SUM(1)", "-x"})
    void whatASpreadsheetWouldRunIsATextLikeAnyOther(String text) {
        assertThat(read(header("07.12.2026;" + text + ";5,00;EUR"))
                        .credits()
                        .getFirst()
                        .text())
                .isEqualTo(text);
    }

    @Test
    void charactersThatSteerAndBreaksBecomeBlanks() {
        assertThat(read(header("07.12.2026;\"a\u0000b\r\nc\td\u0007\";5,00;EUR"))
                        .credits()
                        .getFirst()
                        .text())
                .isEqualTo("a b c d");
    }

    private Read oneLine(String date, String amount) {
        return read(header(date + ";x;\"" + amount + "\";EUR"));
    }

    private Read read(String file) {
        return read(file, StandardCharsets.UTF_8);
    }

    private Read read(String file, Charset charset) {
        var reading = reader.read(file.getBytes(charset), charset);
        assertThat(reading).isInstanceOf(Read.class);
        return (Read) reading;
    }

    private static String header(String rows) {
        return "Buchungstag;Verwendungszweck;Betrag;Waehrung\n" + rows;
    }

    private static Arguments fault(String file, String pointer, String message) {
        return Arguments.of(file, new CsvFault(pointer, message.contains(".") ? message : "bank.fault." + message));
    }
}
