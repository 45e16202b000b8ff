package dev.abendkasse.server.credit;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.office.api.CreditApi;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.CreditEntry;
import dev.abendkasse.office.model.CreditEntryCause;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.PaymentLinkDelivery;
import dev.abendkasse.sdk.model.PaymentLinkDispatch;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.PaymentRequired;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Reserved;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What has moved a customer's account and limit, as staff see it. */
class CreditHistoryTests {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern BOOKING =
            Pattern.compile("(?:release_credit|book_credit|owe_more)\\((?:[^;()']|\\([^()]*\\))*'([A-Z_]+)'\\)");
    private static final Pattern ENDING = Pattern.compile("end_order\\([^,;]+, '([A-Z_]+)'");
    private static final Pattern QUOTED = Pattern.compile("'([A-Z_]+)'");

    private static Theatre theatre;
    private static CreditApi credit;

    private final String email = "history-" + UUID.randomUUID() + "@example.org";
    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final CustomerId customer = buyers.customer(email);

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.credit.reconcile-every", "1h"));
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        credit = theatre.office().credit();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void everyMovementHasItsOrderAndItsCauseAndTheirSumIsWhatIsOwed() throws ApiException {
        var reserved = (Reserved) buy(PurchaseMethod.PAY_LATER);
        cancel(reserved.order().orderId());
        var confirmed = (Confirmed) buy(PurchaseMethod.INVOICE);

        var page = credit.listCreditEntries(customer.value(), null, null);

        assertThat(page.getItems())
                .extracting(CreditEntry::getCause)
                .containsExactly(CreditEntryCause.INVOICE, CreditEntryCause.CANCELLED, CreditEntryCause.RESERVATION);
        assertThat(page.getItems()).extracting(CreditEntry::getDelta).containsExactly(5_000L, -5_000L, 5_000L);
        assertThat(page.getItems().getFirst().getOrderId())
                .isEqualTo(confirmed.order().orderId());
        assertThat(page.getItems().getLast().getOrderNumber())
                .isEqualTo(reserved.order().orderNumber());
        assertThat(page.getNextCursor()).isNull();
        assertThat(page.getItems().stream().mapToLong(CreditEntry::getDelta).sum())
                .isEqualTo(
                        credit.getCreditAccount(customer.value()).getExposure().getAmount());
    }

    @Test
    void linkCountsUntilItEndsWithABlockOfItsBuyer() throws ApiException {
        sendLink(order());

        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Sells them on"));

        assertThat(causes()).containsExactly(CreditEntryCause.BLOCKED, CreditEntryCause.LINK);
        assertThat(owed()).isZero();
    }

    @Test
    void linkThatTheBoxOfficesChangesHaveEndedCountsUntilTheOrderIsHandedBack() throws ApiException {
        var order = order();
        sendLink(order);
        var clerk = Till.ofStaff(theatre);
        var larger = clerk.add(clerk.hijack(order), theatre.best("ga", 1));
        assertThat(owed()).isEqualTo(10_000);

        clerk.handBack(larger);

        assertThat(causes())
                .containsExactly(CreditEntryCause.HANDED_BACK, CreditEntryCause.INCREASE, CreditEntryCause.LINK);
        assertThat(owed()).isZero();
    }

    @Test
    void movementsComeInPagesEachOfThemOnce() throws ApiException {
        for (int i = 0; i < 5; i++) {
            buy(PurchaseMethod.INVOICE);
        }

        var ids = new ArrayList<Long>();
        String cursor = null;
        do {
            var page = credit.listCreditEntries(customer.value(), cursor, 2);
            assertThat(page.getItems()).hasSizeLessThanOrEqualTo(2);
            page.getItems().forEach(entry -> ids.add(entry.getEntryId()));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void changesOfALimitSayWhoMadeThemAndWhy() throws ApiException {
        set(1, 80_000L, "Buys for a school");
        set(2, null, "The school has closed");

        var first = credit.listCreditLimitChanges(customer.value(), null, 1);
        var second = credit.listCreditLimitChanges(customer.value(), first.getNextCursor(), 1);

        var back = first.getItems().getFirst();
        assertThat(back.getFrom()).isEqualTo(new Money().amount(80_000L).currency("EUR"));
        assertThat(back.getTo()).isNull();
        assertThat(back.getReason()).isEqualTo("The school has closed");
        assertThat(back.getBy()).isEqualTo("admin");
        assertThat(second.getItems()).singleElement().satisfies(change -> {
            assertThat(change.getFrom()).isNull();
            assertThat(change.getTo()).isEqualTo(new Money().amount(80_000L).currency("EUR"));
        });
        assertThat(second.getNextCursor()).isNull();
    }

    @Test
    void customerWithoutAnAccountHasNoHistoryAndAnUnknownOneIsNotFound() throws ApiException {
        assertThat(credit.listCreditEntries(customer.value(), null, null).getItems())
                .isEmpty();
        assertThat(credit.listCreditLimitChanges(customer.value(), null, null).getItems())
                .isEmpty();
        expect(404, "customer-not-found", () -> credit.listCreditEntries(UUID.randomUUID(), null, null));
        expect(404, "customer-not-found", () -> credit.listCreditLimitChanges(UUID.randomUUID(), null, null));
        expect(400, "invalid-request", () -> credit.listCreditEntries(customer.value(), "bm90aGluZw", null));
    }

    @Test
    void everyCauseThatMayBeEnteredIsInTheContractAndNoOther() throws IOException {
        var contract = Stream.of(CreditEntryCause.values())
                .map(CreditEntryCause::getValue)
                .toList();
        var rule = Awaited.of(theatre.db()
                .sql("select pg_get_constraintdef(oid) from pg_constraint where conname = 'credit_entry_cause_check'")
                .mapValue(String.class)
                .one());

        assertThat(found(QUOTED, rule)).isEqualTo(new TreeSet<>(contract));
        assertThat(contract).containsAll(written());
        assertThat(written()).contains("PAID", "BLOCKED", "EXPIRED", "INCREASE", "APPROVED", "RESERVATION");
    }

    @Test
    void otherCauseIsKeptOutByTheDatabaseItself() {
        buy(PurchaseMethod.INVOICE);

        assertThatThrownBy(() -> Theatre.execute(
                        theatre.db(),
                        "insert into credit_entry (customer_id, order_id, delta, cause)"
                                + " select customer_id, order_id, 1, 'OTHER' from orders where customer_id = '"
                                + customer.value() + "'"))
                .hasMessageContaining("credit_entry_cause_check");
    }

    /** What the functions write themselves. */
    private static TreeSet<String> written() throws IOException {
        var causes = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(MIGRATIONS, "R__*.sql")) {
            for (var file : files) {
                var sql = Files.readString(file);
                causes.addAll(found(BOOKING, sql));
                causes.addAll(found(ENDING, sql));
            }
        }
        return causes;
    }

    private static TreeSet<String> found(Pattern pattern, String text) {
        var names = new TreeSet<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** To be paid at once, by card. */
    private UUID order() {
        return ((PaymentRequired) buy(PurchaseMethod.CARD)).orderId();
    }

    private static void sendLink(UUID order) throws ApiException {
        var clerk = Till.ofStaff(theatre);
        var taken = clerk.hijack(order);
        theatre.boxOffice()
                .boxOfficeSales()
                .sendPaymentLink(
                        order,
                        UUID.randomUUID(),
                        new PaymentLinkDispatch().delivery(PaymentLinkDelivery.PRINT),
                        taken.getLease().getFence(),
                        null);
    }

    private List<CreditEntryCause> causes() throws ApiException {
        return credit.listCreditEntries(customer.value(), null, null).getItems().stream()
                .map(CreditEntry::getCause)
                .toList();
    }

    private long owed() throws ApiException {
        return credit.getCreditAccount(customer.value()).getExposure().getAmount();
    }

    private Object buy(PurchaseMethod method) {
        return Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "ga", 1, "full"))
                .flatMap(cart -> buyers.checkOut(cart, customer, method, email)));
    }

    private static void cancel(UUID order) throws ApiException {
        theatre.shop()
                .withOrderToken(theatre.server().bean(Orders.class).tokenOf(order))
                .orders()
                .cancelOrder(order, UUID.randomUUID());
    }

    private void set(long version, Long limit, String reason) throws ApiException {
        var change = new CreditLimitChange()
                .limit(limit == null ? null : new Money().amount(limit).currency("EUR"))
                .reason(reason);
        credit.setCreditLimit(customer.value(), "\"" + version + "\"", change);
    }
}
