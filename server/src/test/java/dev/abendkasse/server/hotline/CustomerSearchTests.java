package dev.abendkasse.server.hotline;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CustomersApi;
import dev.abendkasse.office.model.CustomerHit;
import dev.abendkasse.office.model.CustomerLockReason;
import dev.abendkasse.office.model.CustomerMailKind;
import dev.abendkasse.office.model.CustomerMailState;
import dev.abendkasse.office.model.CustomerMatch;
import dev.abendkasse.office.model.CustomerSearch;
import dev.abendkasse.office.model.LoginNextStep;
import dev.abendkasse.office.model.LoginState;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever is on the phone is found, and staff see what to do next. */
class CustomerSearchTests {

    private static Theatre theatre;
    private static CustomersApi customers;

    private final String number = UUID.randomUUID().toString();
    private final String former = "former-" + number + "@example.org";
    private final String current = "current-" + number + "@example.org";
    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final CustomerId customer = buyers.customer(former, current);

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        customers = theatre.office().customers();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void currentAddressIsFoundInWhateverWayItIsWritten() throws ApiException {
        var hit = only(new CustomerSearch().email(current.toUpperCase(java.util.Locale.ROOT)));

        assertThat(hit.getCustomerId()).isEqualTo(customer.value());
        assertThat(hit.getMatchedBy()).isEqualTo(CustomerMatch.CURRENT_ADDRESS);
        assertThat(hit.getLoginState()).isEqualTo(LoginState.CAN_LOG_IN);
        assertThat(hit.getNextStep()).isEqualTo(LoginNextStep.SEND_RESET);
        assertThat(hit.getEmailProven()).isFalse();
    }

    @Test
    void formerAddressLeadsToTheCurrentOne() throws ApiException {
        var hit = only(new CustomerSearch().email(former));

        assertThat(hit.getMatchedBy()).isEqualTo(CustomerMatch.FORMER_ADDRESS);
        assertThat(hit.getEmail()).isEqualTo(current);
        assertThat(hit.getNextStep()).isEqualTo(LoginNextStep.TELL_CURRENT_ADDRESS);
    }

    @Test
    void addressTypedForAnOrderLeadsToTheCustomer() throws ApiException {
        var typed = "typed-" + number + "@example.org";
        buy(customer, typed);

        assertThat(only(new CustomerSearch().email(typed)).getMatchedBy()).isEqualTo(CustomerMatch.ORDER_ADDRESS);
    }

    @Test
    void addressOfGuestsOnlyIsToldApartFromNone() throws ApiException {
        var guest = "guest-" + number + "@example.org";
        buy(null, guest);

        var found = customers.searchCustomers(new CustomerSearch().email(guest));

        assertThat(found.getItems()).isEmpty();
        assertThat(found.getGuestOrders()).isOne();
        assertThat(customers
                        .searchCustomers(new CustomerSearch().email("nobody-" + guest))
                        .getGuestOrders())
                .isZero();
    }

    @Test
    void legacyUserNameOrderNumberIdAndPhoneLeadToTheCustomer() throws ApiException {
        Theatre.execute(theatre.db(), """
                insert into customer_user_name (canonical, user_name, customer_id) values ('old-%1$s', 'Old-%1$s', '%2$s')
                """.formatted(number, customer.value()));
        change("phone = '+49 (0)30 55" + digits() + "'");
        buy(customer, current);
        var order = theatre.value(
                "select order_number::text from orders where customer_id = '" + customer.value() + "'", String.class);

        assertThat(List.of(
                        only(new CustomerSearch().userName("OLD-" + number)).getMatchedBy(),
                        only(new CustomerSearch().orderNumber(order)).getMatchedBy(),
                        only(new CustomerSearch().customerId(customer.value())).getMatchedBy(),
                        only(new CustomerSearch().phone("030/55" + digits())).getMatchedBy(),
                        only(new CustomerSearch().phone("0049 30 55" + digits()))
                                .getMatchedBy()))
                .containsExactly(
                        CustomerMatch.USER_NAME,
                        CustomerMatch.ORDER,
                        CustomerMatch.CUSTOMER_ID,
                        CustomerMatch.PHONE,
                        CustomerMatch.PHONE);
        assertThat(customers.getCustomer(customer.value()).getUserNames()).containsExactly("Old-" + number);
    }

    @Test
    void nameIsFoundByItsWordsInWhateverSpelling() throws ApiException {
        change("name = 'Zoë Müller-" + number.substring(0, 8) + "'");

        for (var said : List.of("mueller zoe", "MULLER", "müller zoé")) {
            assertThat(customers
                            .searchCustomers(new CustomerSearch().name(said + " " + number.substring(0, 8)))
                            .getItems())
                    .as(said)
                    .extracting(CustomerHit::getCustomerId)
                    .containsExactly(customer.value());
        }
    }

    @Test
    void pagesHoldEverybodyOnceTheNewestFirst() throws ApiException {
        var name = "Page " + number.substring(0, 8);
        var all = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            var one = buyers.customer("page-" + i + number + "@example.org");
            Theatre.execute(
                    theatre.db(),
                    "update customer set name = '" + name + "' where customer_id = '" + one.value() + "'");
            all.add(one.value());
        }

        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = customers.searchCustomers(
                    new CustomerSearch().name(name).limit(2).cursor(cursor));
            page.getItems().forEach(hit -> seen.add(hit.getCustomerId()));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(all.reversed());
    }

    @Test
    void exactlyOneCriterionIsNeeded() {
        expect(400, "invalid-request", () -> customers.searchCustomers(new CustomerSearch()));
        expect(
                400,
                "invalid-request",
                () -> customers.searchCustomers(
                        new CustomerSearch().email(current).name("Example")));
    }

    @Test
    void everyStateOfTheLoginIsShownWithItsNextStep() throws ApiException {
        change("password_hash = null");
        assertState(LoginState.NEEDS_CLAIM, LoginNextStep.SEND_CLAIM);

        change("sealed_hash = '\\x00'");
        assertState(LoginState.CAN_LOG_IN, LoginNextStep.SEND_RESET);
        assertThat(customers.getCustomer(customer.value()).getFormerPassword()).isTrue();

        change("last_login_at = clock_timestamp(), first_login_at = clock_timestamp()");
        assertState(LoginState.CAN_LOG_IN, LoginNextStep.NONE);
        assertThat(customers.getCustomer(customer.value()).getFormerPassword()).isFalse();

        change("locked_at = clock_timestamp(), locked_by = 'admin'");
        assertState(LoginState.LOCKED, LoginNextStep.UNLOCK);

        var another = buyers.customer("another-" + number + "@example.org");
        change("sealed_hash = null, merged_at = clock_timestamp(), merged_into = '" + another.value() + "'");
        assertState(LoginState.MERGED, LoginNextStep.OPEN_MERGED);
        assertThat(customers.getCustomer(another.value()).getMergedFrom()).containsExactly(customer.value());

        change("merged_at = null, merged_into = null, erased_at = clock_timestamp()");
        assertState(LoginState.ERASED, LoginNextStep.REGISTER);
    }

    @Test
    void lockingEndsSessionsAndLinksAndSaysWhoAndWhy() throws ApiException {
        customers.sendReset(customer.value());
        var before = sessionVersion();

        var locked = customers.lockCustomer(customer.value(), reason("Mailbox is read by others"));

        assertThat(locked.getLoginState()).isEqualTo(LoginState.LOCKED);
        assertThat(locked.getLockedBy()).isEqualTo("admin");
        assertThat(locked.getLockReason()).isEqualTo("Mailbox is read by others");
        assertThat(locked.getMails().getFirst().getState()).isEqualTo(CustomerMailState.VOID);
        assertThat(sessionVersion()).isEqualTo(before + 1);
        expect(409, "account-locked", () -> customers.sendReset(customer.value()));

        customers.lockCustomer(customer.value(), reason("Another reason"));
        assertThat(sessionVersion()).isEqualTo(before + 1);

        var unlocked = customers.unlockCustomer(customer.value(), reason("Has shown a passport"));
        assertThat(unlocked.getLoginState()).isEqualTo(LoginState.CAN_LOG_IN);
        assertThat(unlocked.getLockReason()).isNull();
    }

    @Test
    void claimIsSentOnceADayEvenIfManySendItAtOnceAndOnlyWhereItIsNeeded() throws Exception {
        expect(409, "claim-not-needed", () -> customers.sendClaim(customer.value()));
        change("password_hash = null");
        expect(409, "claim-needed", () -> customers.sendReset(customer.value()));
        var sent = new AtomicInteger();

        var clicks = new AtOnce.Step[8];
        Arrays.fill(clicks, (AtOnce.Step) () -> {
            try {
                customers.sendClaim(customer.value());
                sent.incrementAndGet();
            } catch (ApiException refused) {
                assertThat(refused.getCode()).isEqualTo(409);
            }
        });
        AtOnce.run(clicks);

        assertThat(sent).hasValue(1);
        expect(409, "mail-sent-before", () -> customers.sendClaim(customer.value()));
        assertThat(customers.getCustomer(customer.value()).getMails())
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.getKind()).isEqualTo(CustomerMailKind.CLAIM);
                    assertThat(mail.getEmail()).isEqualTo(current);
                    assertThat(mail.getState()).isEqualTo(CustomerMailState.OPEN);
                });
    }

    @Test
    void resetIsSentThreeTimesAnHourAndTheLastLinkWorks() throws ApiException {
        customers.sendReset(customer.value());
        customers.sendReset(customer.value());
        var sent = customers.sendReset(customer.value());

        expect(409, "mail-sent-before", () -> customers.sendReset(customer.value()));
        assertThat(sent.getMails())
                .extracting(mail -> mail.getState().getValue())
                .containsExactly("OPEN", "VOID", "VOID");
    }

    @Test
    void pageSaysWhetherTheNewsletterReachesThemAndWhyNot() throws ApiException {
        assertNewsletter("NONE", "NO_CONSENT");

        Theatre.execute(
                theatre.db(),
                "insert into newsletter_consent (customer_id, kind, source) values ('" + customer.value()
                        + "', 'IMPORTED', 'FORMER_SHOP')");
        assertNewsletter("SUBSCRIBED", "ADDRESS_NOT_PROVEN");

        Theatre.execute(
                theatre.db(),
                "update customer_email set proven_at = clock_timestamp() where customer_id = '" + customer.value()
                        + "'");
        assertNewsletter("SUBSCRIBED", null);

        customers.lockCustomer(customer.value(), reason("Test"));
        assertNewsletter("SUBSCRIBED", "LOCKED");
    }

    private void assertNewsletter(String state, String obstacle) throws ApiException {
        var file = customers.getCustomer(customer.value());
        assertThat(file.getNewsletter()).hasToString(state);
        assertThat(
                        file.getNewsletterObstacle() == null
                                ? null
                                : file.getNewsletterObstacle().getValue())
                .isEqualTo(obstacle);
    }

    @Test
    void whatHasEndedStaysEnded() {
        change("password_hash = null, erased_at = clock_timestamp()");

        expect(409, "account-ended", () -> customers.lockCustomer(customer.value(), reason("Test")));
        expect(409, "account-ended", () -> customers.unlockCustomer(customer.value(), reason("Test")));
        expect(409, "account-ended", () -> customers.sendClaim(customer.value()));
        expect(404, "customer-not-found", () -> customers.getCustomer(UUID.randomUUID()));
        expect(404, "customer-not-found", () -> customers.lockCustomer(UUID.randomUUID(), reason("Test")));
    }

    private void assertState(LoginState state, LoginNextStep next) throws ApiException {
        var hit = only(new CustomerSearch().email(current));
        assertThat(hit.getLoginState()).isEqualTo(state);
        assertThat(hit.getNextStep()).isEqualTo(next);
        var file = customers.getCustomer(customer.value());
        assertThat(file.getLoginState()).isEqualTo(state);
        assertThat(file.getNextStep()).isEqualTo(next);
    }

    private static CustomerHit only(CustomerSearch search) throws ApiException {
        var items = customers.searchCustomers(search).getItems();
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private void buy(CustomerId account, String email) {
        Awaited.of(buyers.hold(account, new Selection(theatre.performance(), null, "ga", 1, "full"))
                .flatMap(cart -> buyers.checkOut(cart, account, PurchaseMethod.PAY_LATER, email)));
    }

    private void change(String set) {
        Theatre.execute(theatre.db(), "update customer set " + set + " where customer_id = '" + customer.value() + "'");
    }

    private long sessionVersion() {
        return theatre.count("select session_version from customer where customer_id = '" + customer.value() + "'");
    }

    private String digits() {
        return String.valueOf(1_000_000 + Math.floorMod(number.hashCode(), 1_000_000));
    }

    private static CustomerLockReason reason(String text) {
        return new CustomerLockReason().reason(text);
    }
}
