package dev.abendkasse.server.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BookingOutcome;
import dev.abendkasse.office.model.Receivable;
import dev.abendkasse.office.model.ReceivableState;
import dev.abendkasse.office.model.ReceivedPaymentDraft;
import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Invoice;
import dev.abendkasse.sdk.model.InvoiceKind;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentStatus;
import dev.abendkasse.server.document.PdfPages;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.BankTheatre.UnpaidTransfer;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Orders on account: their invoices, what corrects them, and the money that comes for them. */
class InvoiceTests {

    private static Theatre theatre;
    private static AbendkasseClient customer;

    @BeforeAll
    static void openTheTheatre() throws ApiException {
        theatre = BankTheatre.open(
                Map.of("abendkasse.invoice.vat-rate", "7", "abendkasse.checkout.credit-limit", "10000000"));
        customer = BankTheatre.customer(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void orderOnAccountGetsANumberedInvoiceThatIsDueInTwoWeeks() throws ApiException {
        var order = onAccount(2);

        var invoice = invoices(order).getFirst();

        assertThat(invoices(order)).hasSize(1);
        assertThat(invoice.getKind()).isEqualTo(InvoiceKind.INVOICE);
        assertThat(invoice.getInvoiceNumber())
                .matches("R-" + BankTheatre.today().getYear() + "-[0-9]{6}");
        assertThat(invoice.getIssuedOn()).isEqualTo(BankTheatre.today());
        assertThat(invoice.getDueOn()).isEqualTo(BankTheatre.today().plusDays(14));
        assertThat(invoice.getAmount().getAmount()).isEqualTo(10_000);
        assertThat(order.now().getBankTransfer().getReference()).isEqualTo(invoice.getInvoiceNumber());
        assertThat(customer.invoices().listInvoices(order.id()).getItems()).containsExactly(invoice);
    }

    @Test
    void numbersGoUpAndAreNeverGivenTwice() throws ApiException {
        var first = number(onAccount(1));
        var second = number(onAccount(1));

        assertThat(second).isGreaterThan(first);
        assertThat(theatre.count("select count(*) - count(distinct invoice_number) from invoice"))
                .isZero();
    }

    @Test
    void orderThatIsPaidOtherwiseHasNone() throws ApiException {
        var order = BankTheatre.reserved(theatre, theatre.best("ga", 1));

        assertThat(invoices(order)).isEmpty();
        assertThat(Awaited.of(theatre.server()
                        .bean(Invoices.class)
                        .pdfOf(order.id(), Locale.GERMAN)
                        .singleOptional()))
                .isEmpty();
    }

    @Test
    void onlyWhoMaySeeTheOrderSeesItsInvoices() throws ApiException {
        var order = onAccount(1);
        var stranger = theatre.shop().withOrderToken("x".repeat(43)).invoices();

        Problems.expect(404, "order-not-found", () -> stranger.listInvoices(order.id()));
        Problems.expect(404, "order-not-found", () -> stranger.downloadInvoice(order.id(), number(order)));
        Problems.expect(
                404, "invoice-not-found", () -> customer.invoices().downloadInvoice(order.id(), "R-2026-999999"));
        var another = number(onAccount(1));
        Problems.expect(404, "invoice-not-found", () -> customer.invoices().downloadInvoice(order.id(), another));
        Problems.expect(
                404, "invoice-not-found", () -> theatre.office().receivables().downloadReceivable("R-2026-999999"));
    }

    @Test
    void invoiceShowsWhatTheLawWantsInGerman() throws ApiException {
        var order = onAccount(2);
        var number = number(order);

        var page = PdfPages.of(Awaited.of(theatre.server().bean(Invoices.class).pdfOf(order.id(), Locale.GERMAN)));

        assertThat(page.title()).isEqualTo("Rechnung " + number);
        assertThat(page.language()).isEqualTo("de");
        assertThat(page.texts())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains(
                                "Example theatre",
                                "Example street 1",
                                "12345 Example town",
                                "Steuernummer 000/000/00000")
                        .contains("Example Buyer", number, order.made().getOrderNumber())
                        .contains("Faust", "Studio", "Normal", "Reihe", "Platz")
                        .contains("100,00\u00a0€", "93,46\u00a0€", "7 % USt.", "6,54\u00a0€")
                        .contains("DE89 3704 0044 0532 0130 00", "unter Angabe der Nummer")
                        .doesNotContain("{"));
    }

    @Test
    void buyerDownloadsTheInvoiceInTheLanguageOfTheOrder() throws ApiException, IOException {
        var order = onAccount(1);
        var number = number(order);

        var mine = texts(customer.invoices().downloadInvoice(order.id(), number));
        var staffs = texts(theatre.office().receivables().downloadReceivable(number));

        assertThat(mine).contains("Invoice", "Payable by", "50.00", "46.73", "7 % VAT", "3.27");
        assertThat(staffs).isEqualTo(mine);
        theatre.server()
                .http()
                .get()
                .uri("/v1/orders/{order}/invoices/{number}", order.id(), number)
                .header("Order-Token", order.token())
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PDF)
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + number + ".pdf\"");
    }

    @Test
    void invoiceThatWasIssuedStaysAsItIsWhateverTheSettingsSayNow() throws ApiException {
        Theatre.execute(theatre.db(), "create table kept_setting as select * from setting");
        var order = onAccount(1);
        var number = number(order);

        Theatre.execute(theatre.db(), """
                update setting set value = '{"name": "Another theatre"}' where name = 'organiser';
                update setting set value = '{"dueDays": 3, "exemption": {"de": "Steuerfrei nach Beispiel."}}'
                 where name = 'invoice'
                """);
        var another = onAccount(1);
        Theatre.execute(
                theatre.db(),
                "update setting set value = kept.value from kept_setting kept where kept.name = setting.name");

        assertThat(pdf(order)).contains("Example theatre", "7 % USt.").doesNotContain("Another theatre");
        assertThat(pdf(another))
                .contains("Another theatre", "Steuerfrei nach Beispiel.")
                .doesNotContain("USt.", "Example theatre", number);
        assertThat(invoices(another).getFirst().getDueOn())
                .isEqualTo(BankTheatre.today().plusDays(3));
    }

    @Test
    void c5TransferForAnInvoiceReleasesWhatTheCustomerOwesAndSettlesIt() throws ApiException {
        var order = onAccount(2);
        var before = exposure();

        var part = book(order, 4_000);

        assertThat(part).isEqualTo(BookingOutcome.PART_PAID);
        assertThat(exposure()).isEqualTo(before - 4_000);
        assertThat(receivable(order).getOwed().getAmount()).isEqualTo(6_000);
        assertThat(book(order, 6_000)).isEqualTo(BookingOutcome.PAID);
        assertThat(exposure()).isEqualTo(before - 10_000);
        assertThat(order.now().getState()).isEqualTo(OrderState.CONFIRMED);
        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(order.now().getBankTransfer()).isNull();
        assertThat(receivable(order).getState()).isEqualTo(ReceivableState.SETTLED);
        assertThat(order.count("case_file where true")).isZero();
    }

    @Test
    void whatIsGivenBackIsCorrectedByACreditNoteOfItsOwnNumber() throws ApiException, IOException {
        var order = onAccount(2);
        var item = order.made().getItems().getFirst();
        giveBack(
                order,
                new RefundOrderRequest()
                        .itemIds(Set.of(item.getItemId()))
                        .fee(new dev.abendkasse.office.model.Money()
                                .amount(500L)
                                .currency("EUR")));

        var invoices = invoices(order);

        assertThat(invoices).extracting(Invoice::getKind).containsExactly(InvoiceKind.INVOICE, InvoiceKind.CREDIT_NOTE);
        var note = invoices.getLast();
        assertThat(note.getCorrects()).isEqualTo(invoices.getFirst().getInvoiceNumber());
        assertThat(note.getDueOn()).isNull();
        assertThat(note.getAmount().getAmount()).isEqualTo(4_500);
        assertThat(texts(customer.invoices().downloadInvoice(order.id(), note.getInvoiceNumber())))
                .contains("Invoice correction", "-€50.00", "Fee kept", "€5.00", "-€45.00", note.getCorrects());
        assertThat(receivable(order).getOwed().getAmount()).isEqualTo(5_500);
    }

    @Test
    void theWholeOrderGivenBackTakesOffTheWholeInvoiceOnceAndNothingIsOwed() throws ApiException {
        var order = onAccount(2);
        var before = exposure();
        giveBack(order, new RefundOrderRequest());

        assertThat(order.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(invoices(order)).hasSize(2);
        assertThat(invoices(order).getLast().getAmount().getAmount()).isEqualTo(10_000);
        assertThat(receivable(order).getState()).isEqualTo(ReceivableState.SETTLED);
        assertThat(exposure()).isEqualTo(before - 10_000);
    }

    @Test
    void p5FeeOfAnInvoicedOrderThatWasGivenBackIsStillOwedAndWhatComesInForItIsKept() throws ApiException {
        var order = onAccount(2);
        var before = exposure();
        giveBack(
                order,
                new RefundOrderRequest()
                        .fee(new dev.abendkasse.office.model.Money()
                                .amount(1_000L)
                                .currency("EUR")));

        assertThat(order.now().getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(order.now().getTotal().getAmount()).isEqualTo(1_000);
        assertThat(order.now().getBankTransfer()).isNotNull();
        assertThat(exposure()).isEqualTo(before - 9_000);
        assertThat(receivable(order).getOwed().getAmount()).isEqualTo(1_000);
        assertThat(numbers(ReceivableState.OPEN)).contains(number(order));

        assertThat(book(order, 400)).isEqualTo(BookingOutcome.PART_PAID);
        assertThat(book(order, 700)).isEqualTo(BookingOutcome.PAID);

        assertThat(order.now().getPaymentStatus()).isEqualTo(PaymentStatus.PAID);
        assertThat(exposure()).isEqualTo(before - 10_000);
        assertThat(order.count("refund where amount = 100 and state = 'BY_HAND'"))
                .as("what is too much goes back")
                .isOne();
        assertThat(numbers(ReceivableState.OPEN)).doesNotContain(number(order));
    }

    @Test
    void discountIsCorrectedToo() throws ApiException {
        var order = onAccount(1);
        book(order, 5_000);
        giveBack(
                order,
                new RefundOrderRequest()
                        .amount(new dev.abendkasse.office.model.Money()
                                .amount(700L)
                                .currency("EUR")));

        assertThat(invoices(order).getLast().getAmount().getAmount()).isEqualTo(700);
    }

    @Test
    void invoicesThatAreOverdueAreFoundTheOldestFirst() throws ApiException {
        var late = onAccount(1);
        var later = onAccount(1);
        var open = onAccount(1);
        due(late, -5);
        due(later, -1);
        due(open, 0);

        var overdue = numbers(ReceivableState.OVERDUE);

        assertThat(overdue).containsSubsequence(number(late), number(later)).doesNotContain(number(open));
        assertThat(numbers(ReceivableState.OPEN)).contains(number(open)).doesNotContain(number(late));
        book(late, 5_000);
        assertThat(numbers(ReceivableState.OVERDUE))
                .doesNotContain(number(late))
                .contains(number(later));
        assertThat(numbers(ReceivableState.SETTLED)).contains(number(late));
        var first = theatre.office().receivables().listReceivables(null, null, 1);
        var second = theatre.office().receivables().listReceivables(null, first.getNextCursor(), 1);
        assertThat(second.getItems()).doesNotContainAnyElementsOf(first.getItems());
    }

    private static UnpaidTransfer onAccount(int seats) throws ApiException {
        return BankTheatre.onAccount(theatre, customer, theatre.best(seats == 1 ? "ga" : "a", seats));
    }

    private static List<Invoice> invoices(UnpaidTransfer order) throws ApiException {
        return theatre.shop()
                .withOrderToken(order.token())
                .invoices()
                .listInvoices(order.id())
                .getItems();
    }

    private static String number(UnpaidTransfer order) throws ApiException {
        return invoices(order).getFirst().getInvoiceNumber();
    }

    private static BookingOutcome book(UnpaidTransfer order, long cents) throws ApiException {
        var draft = new ReceivedPaymentDraft()
                .invoiceNumber(number(order))
                .amount(new dev.abendkasse.office.model.Money().amount(cents).currency("EUR"))
                .valueDate(BankTheatre.today());
        return theatre.office()
                .receivedPayments()
                .bookReceivedPayment(UUID.randomUUID(), draft)
                .getOutcome();
    }

    private static void giveBack(UnpaidTransfer order, RefundOrderRequest request) throws ApiException {
        theatre.office()
                .refundDesk()
                .refundOrder(
                        order.id(),
                        UUID.randomUUID(),
                        request.reason(StaffRefundReason.GOODWILL).note("Ill."));
    }

    private static Receivable receivable(UnpaidTransfer order) throws ApiException {
        return theatre.office().receivables().listReceivables(null, null, 100).getItems().stream()
                .filter(receivable -> receivable.getOrderId().equals(order.id()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> numbers(ReceivableState state) throws ApiException {
        return theatre.office().receivables().listReceivables(state, null, 100).getItems().stream()
                .map(Receivable::getInvoiceNumber)
                .toList();
    }

    private static void due(UnpaidTransfer order, int days) {
        Theatre.execute(theatre.db(), "alter table invoice disable trigger invoice_append_only");
        Theatre.execute(
                theatre.db(),
                "update invoice set due_on = organisers_day(clock_timestamp()) + " + days + " where order_id = '"
                        + order.id() + "'");
        Theatre.execute(theatre.db(), "alter table invoice enable trigger invoice_append_only");
    }

    private static long exposure() {
        return theatre.count("select sum(exposure)::bigint from credit_account");
    }

    private static String texts(File pdf) throws IOException {
        return String.join("\n", PdfPages.of(Files.readAllBytes(pdf.toPath())).texts());
    }

    private static String pdf(UnpaidTransfer order) {
        var pdf = Awaited.of(theatre.server().bean(Invoices.class).pdfOf(order.id(), Locale.GERMAN));
        return String.join("\n", PdfPages.of(pdf).texts());
    }
}
