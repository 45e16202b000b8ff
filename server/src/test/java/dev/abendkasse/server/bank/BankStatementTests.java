package dev.abendkasse.server.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.BankStatementsApi;
import dev.abendkasse.office.model.BankLine;
import dev.abendkasse.office.model.BankLineBooking;
import dev.abendkasse.office.model.BankLineCandidate;
import dev.abendkasse.office.model.BankLineDismissal;
import dev.abendkasse.office.model.BankLineMatch;
import dev.abendkasse.office.model.BankLineState;
import dev.abendkasse.office.model.BankStatement;
import dev.abendkasse.office.model.BookingOutcome;
import dev.abendkasse.office.model.ReceivedPayment;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.BankTheatre.UnpaidTransfer;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Statements of the account, from the file to the booking. */
class BankStatementTests {

    private static final String UPLOAD = "/v1/back-office/bank-statements";
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String TODAY = BankTheatre.today().format(DateTimeFormatter.ofPattern("dd.MM.yyyy"));

    private static Theatre theatre;
    private static AbendkasseClient customer;
    private static BankStatementsApi bank;

    @BeforeAll
    static void openTheTheatre() throws ApiException {
        theatre = BankTheatre.open();
        customer = BankTheatre.customer(theatre);
        bank = theatre.office().bankStatements();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void eachCreditIsALineWithTheOrderThatItSeemsToBeFor() throws ApiException {
        var one = reserved();
        var two = reserved();
        var onAccount = BankTheatre.onAccount(theatre, customer, theatre.best("ga", 1));
        var invoice = onAccount.now().getBankTransfer().getReference();

        var statement = upload(
                line("Auftrag " + number(one), "50,00"),
                line("Auftrag " + number(two), "49,00"),
                line(number(one) + " und " + number(two), "100,00"),
                line("Rechnung " + invoice, "50,00"),
                line("Miete " + UUID.randomUUID(), "1.250,00"),
                line("Strom", "-80,00"));

        assertThat(statement.getLines()).isEqualTo(5);
        assertThat(statement.getOpen()).isEqualTo(5);
        assertThat(statement.getPassedOver()).isEqualTo(1);
        assertThat(statement.getUploadedBy()).isEqualTo("admin");
        assertThat(lines(statement))
                .extracting(BankLine::getMatch)
                .containsExactly(
                        BankLineMatch.EXACT,
                        BankLineMatch.AMOUNT_DIFFERS,
                        BankLineMatch.AMBIGUOUS,
                        BankLineMatch.EXACT,
                        BankLineMatch.NONE);
        assertThat(lines(statement).getFirst().getCandidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.getOrderId()).isEqualTo(one.id());
            assertThat(candidate.getOwed().getAmount()).isEqualTo(5_000);
        });
        assertThat(lines(statement).get(2).getCandidates())
                .extracting(BankLineCandidate::getOrderId)
                .containsExactly(one.id(), two.id());
        assertThat(lines(statement).get(3).getCandidates().getFirst().getInvoiceNumber())
                .isEqualTo(invoice);
        assertThat(bank.getBankStatement(statement.getStatementId())).isEqualTo(statement);
        assertThat(bank.listBankStatements(null, 100).getItems()).contains(statement);
    }

    @Test
    void moneyThatIsOlderThanTheOrderIsForPeopleToJudge() throws ApiException {
        var order = reserved();
        var yesterday = BankTheatre.today().minusDays(1).toString();

        var statement = upload(line("Auftrag " + number(order), "50,00").replace(TODAY, yesterday));

        assertThat(lines(statement))
                .singleElement()
                .satisfies(line -> assertThat(line.getMatch()).isEqualTo(BankLineMatch.AMBIGUOUS));
    }

    @Test
    void pagesShowEveryLineOnceAndOnlyThoseAskedFor() throws ApiException {
        var statement = upload(line(unique(), "1,00"), line(unique(), "2,00"), line(unique(), "3,00"));
        var id = statement.getStatementId();
        bank.dismissBankLine(lines(statement).get(1).getLineId(), new BankLineDismissal().reason("Not ours."));

        var first = bank.listBankLines(id, null, null, 2);
        var second = bank.listBankLines(id, null, first.getNextCursor(), 2);

        assertThat(first.getItems()).extracting(BankLine::getRow).containsExactly(2, 3);
        assertThat(second.getItems()).extracting(BankLine::getRow).containsExactly(4);
        assertThat(second.getNextCursor()).isNull();
        assertThat(bank.listBankLines(id, BankLineState.OPEN, null, 100).getItems())
                .extracting(BankLine::getRow)
                .containsExactly(2, 4);
        Problems.expect(404, "bank-statement-not-found", () -> bank.listBankLines(UUID.randomUUID(), null, null, 10));
        Problems.expect(404, "bank-statement-not-found", () -> bank.getBankStatement(UUID.randomUUID()));
    }

    @Test
    void p8LineThatAnEarlierStatementHadIsNotBookedAgain() throws ApiException {
        var order = reserved();
        var exact = line("Auftrag " + number(order), "50,00");
        var twin = line(unique(), "7,00");
        var monday = upload(exact, twin);
        bank.bookExactLines(monday.getStatementId(), UUID.randomUUID());

        var tuesday = upload(twin, exact, twin, line(unique(), "8,00"));

        assertThat(tuesday.getSeenBefore()).isEqualTo(2);
        assertThat(tuesday.getLines()).isEqualTo(2);
        assertThat(bank.bookExactLines(tuesday.getStatementId(), UUID.randomUUID())
                        .getBooked())
                .isZero();
        assertThat(order.now().getPaid().getAmount()).isEqualTo(5_000);
        assertThat(order.count("refund where true")).isZero();
    }

    @Test
    void p8SameFileUnderTheSameKeyIsTheSameStatement() throws ApiException {
        var key = UUID.randomUUID();
        var file = file(line(unique(), "7,00"));

        var first = bank.uploadBankStatement(key, file);

        assertThat(bank.uploadBankStatement(key, file)).isEqualTo(first);
        Problems.expect(
                422, "idempotency-key-reused", () -> bank.uploadBankStatement(key, file(line(unique(), "7,00"))));
    }

    @Test
    void allThatFitsExactlyIsBookedInOneGo() throws ApiException {
        var first = reserved();
        var second = BankTheatre.onAccount(theatre, customer, theatre.best("ga", 1));
        var differs = reserved();
        var statement = upload(
                line("Auftrag " + number(first), "50,00"),
                line("R " + second.now().getBankTransfer().getReference(), "50,00"),
                line("Auftrag " + number(differs), "49,99"));
        var key = UUID.randomUUID();

        var booked = bank.bookExactLines(statement.getStatementId(), key);

        assertThat(booked.getBooked()).isEqualTo(2);
        assertThat(booked.getOpen()).isEqualTo(1);
        assertThat(booked.getMore()).isFalse();
        assertThat(bank.bookExactLines(statement.getStatementId(), key)).isEqualTo(booked);
        assertThat(first.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(second.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(differs.now().getPaid().getAmount()).isZero();
        assertThat(lines(statement).getFirst()).satisfies(line -> {
            assertThat(line.getState()).isEqualTo(BankLineState.BOOKED);
            assertThat(line.getMatch()).isNull();
            assertThat(line.getCandidates()).isEmpty();
            assertThat(line.getEndedBy()).isEqualTo("admin");
            assertThat(line.getReceivedPaymentId()).isNotNull();
        });
        Problems.expect(
                404, "bank-statement-not-found", () -> bank.bookExactLines(UUID.randomUUID(), UUID.randomUUID()));
    }

    @Test
    void ofTwoLinesForOneOrderOnlyTheFirstStillFitsExactly() throws ApiException {
        var order = reserved();
        var twice = line("Auftrag " + number(order), "50,00");
        var statement = upload(twice, twice);

        assertThat(bank.bookExactLines(statement.getStatementId(), UUID.randomUUID())
                        .getBooked())
                .isEqualTo(1);
        assertThat(lines(statement).getLast().getMatch()).isEqualTo(BankLineMatch.AMOUNT_DIFFERS);
        assertThat(order.now().getPaid().getAmount()).isEqualTo(5_000);
    }

    @Test
    void lineIsBookedForTheProposedOrderOrTheOneThatStaffName() throws ApiException {
        var proposed = reserved();
        var named = reserved();
        var statement = upload(line("Auftrag " + number(proposed), "20,00"), line(unique(), "50,00"));
        var lines = lines(statement);
        var key = UUID.randomUUID();

        var part = bank.bookBankLine(lines.getFirst().getLineId(), key, new BankLineBooking());
        Problems.expect(422, "bank-line-unmatched", () -> book(lines.getLast(), new BankLineBooking()));
        Problems.expect(404, "order-not-found", () -> book(lines.getLast(), new BankLineBooking().orderNumber("7")));
        var whole = book(lines.getLast(), new BankLineBooking().orderNumber(number(named)));

        assertThat(part.getOutcome()).isEqualTo(BookingOutcome.PART_PAID);
        assertThat(part.getOrderId()).isEqualTo(proposed.id());
        assertThat(part.getBankLineId()).isEqualTo(lines.getFirst().getLineId());
        assertThat(part.getValueDate()).isEqualTo(BankTheatre.today());
        assertThat(whole.getOutcome()).isEqualTo(BookingOutcome.CONFIRMED);
        assertThat(bank.bookBankLine(lines.getFirst().getLineId(), key, new BankLineBooking()))
                .isEqualTo(part);
        Problems.expect(
                409, "bank-line-done", () -> book(lines.getFirst(), new BankLineBooking().orderNumber(number(named))));
        Problems.expect(
                404,
                "bank-line-not-found",
                () -> bank.bookBankLine(
                        UUID.randomUUID(), UUID.randomUUID(), new BankLineBooking().orderNumber(number(named))));
    }

    @Test
    void d16LineThatComesAfterTheGraceTakesTheSameSeats() throws ApiException {
        var order = reserved();
        theatre.letTimePass(order.id());
        var statement = upload(line("Auftrag " + number(order), "50,00"));

        assertThat(bank.bookExactLines(statement.getStatementId(), UUID.randomUUID())
                        .getBooked())
                .isEqualTo(1);
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
    }

    @Test
    void dismissedLineStaysDismissedWithItsReason() throws ApiException {
        var rent = line(unique(), "1.250,00");
        var line = lines(upload(rent)).getFirst();

        var dismissed = bank.dismissBankLine(line.getLineId(), new BankLineDismissal().reason("Hire of the hall."));

        assertThat(dismissed.getState()).isEqualTo(BankLineState.DISMISSED);
        assertThat(dismissed.getReason()).isEqualTo("Hire of the hall.");
        assertThat(dismissed.getEndedBy()).isEqualTo("admin");
        Problems.expect(
                409,
                "bank-line-done",
                () -> bank.dismissBankLine(line.getLineId(), new BankLineDismissal().reason("Again.")));
        Problems.expect(409, "bank-line-done", () -> book(line, new BankLineBooking()));
        assertThat(upload(rent).getSeenBefore()).isEqualTo(1);
    }

    @Test
    void p10FaultsAreToldWithTheirCellsInBothLanguagesAndNothingIsStored() throws ApiException {
        var before = theatre.count("select count(*) from bank_statement");
        var file = file(line(unique(), "5,00"), "31.02.2026;" + TODAY + ";x;fünf;EUR");

        post(file.getBytes(StandardCharsets.UTF_8), "text/csv", "de")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("bank-statement-invalid")
                .jsonPath("$.title")
                .isEqualTo("Der Kontoauszug ist nicht lesbar")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#cell=3,4")
                .jsonPath("$.errors[0].detail")
                .isEqualTo("ist kein Betrag wie 1.234,56 oder 1234.56");
        post(
                        file(line(unique(), "5,00").replaceFirst(TODAY, "gestern"))
                                .getBytes(StandardCharsets.UTF_8),
                        "text/csv",
                        "en")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#cell=2,1")
                .jsonPath("$.errors[0].detail")
                .isEqualTo("is not a date such as 31.12.2026, 31.12.26 or 2026-12-31");
        assertThat(theatre.count("select count(*) from bank_statement")).isEqualTo(before);
    }

    @Test
    void encodingIsTheOneThatIsStated() {
        var file = file(line("Grüße " + unique(), "5,00"));

        post(file.getBytes(WINDOWS), "text/csv;charset=windows-1252", "de")
                .expectStatus()
                .isCreated();
        post(("\uFEFF" + file(line("Grüße " + unique(), "5,00"))).getBytes(StandardCharsets.UTF_8), "text/csv", "de")
                .expectStatus()
                .isCreated();
        post(file.getBytes(WINDOWS), "text/csv", "de")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#row=2");
        post(file.getBytes(StandardCharsets.UTF_16), "text/csv;charset=UTF-16", "de")
                .expectStatus()
                .isEqualTo(415);
        post(file.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_VALUE, "de")
                .expectStatus()
                .isEqualTo(415);
        assertThat(theatre.count("select count(*) from bank_line where text like 'Grüße %'"))
                .isEqualTo(2);
    }

    @Test
    void fileOfMoreThanAMegabyteOrOfNothingIsRefused() {
        var large = file(line("x".repeat(999), "5,00").repeat(1)).getBytes(StandardCharsets.UTF_8);
        var tooLarge = new byte[1024 * 1024 + 1];
        System.arraycopy(large, 0, tooLarge, 0, large.length);

        post(tooLarge, "text/csv", "en").expectStatus().isEqualTo(413);
        post(new byte[0], "text/csv", "en")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("#");
    }

    private static UnpaidTransfer reserved() throws ApiException {
        return BankTheatre.reserved(theatre, theatre.best("ga", 1));
    }

    private static String number(UnpaidTransfer order) {
        return order.made().getOrderNumber();
    }

    private static BankStatement upload(String... lines) throws ApiException {
        return bank.uploadBankStatement(UUID.randomUUID(), file(lines));
    }

    private static List<BankLine> lines(BankStatement statement) throws ApiException {
        return bank.listBankLines(statement.getStatementId(), null, null, 100).getItems();
    }

    private static ReceivedPayment book(BankLine line, BankLineBooking booking) throws ApiException {
        return bank.bookBankLine(line.getLineId(), UUID.randomUUID(), booking);
    }

    private static ResponseSpec post(byte[] file, String type, String language) {
        var token = AccessTokens.password(theatre.address(), "admin", TestServer.ADMIN_PASSWORD);
        return theatre.server()
                .http()
                .post()
                .uri(UPLOAD)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.ACCEPT_LANGUAGE, language)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .headers(headers -> headers.setBearerAuth(token.get()))
                .bodyValue(file)
                .exchange();
    }

    private static String file(String... lines) {
        return "Buchungstag;Valutadatum;Verwendungszweck;Betrag;Waehrung\n" + String.join("\n", lines);
    }

    private static String line(String text, String amount) {
        return "%s;%s;%s;%s;EUR".formatted(TODAY, TODAY, text, amount);
    }

    /** A text that no other line has; its letters make no number. */
    private static String unique() {
        return UUID.randomUUID().toString().replaceAll("[0-9]", "") + System.nanoTime() % 10_000;
    }
}
