package dev.abendkasse.server.merge;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CustomerMergesApi;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.office.model.CustomerLockReason;
import dev.abendkasse.office.model.CustomerMatch;
import dev.abendkasse.office.model.CustomerNewsletter;
import dev.abendkasse.office.model.CustomerSearch;
import dev.abendkasse.office.model.LoginState;
import dev.abendkasse.office.model.MergeConflictKind;
import dev.abendkasse.office.model.MergePair;
import dev.abendkasse.office.model.MergePreview;
import dev.abendkasse.office.model.MergeRequest;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CreditLimitRequest;
import dev.abendkasse.sdk.model.OwnOrder;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two accounts of one person become one, and nothing is lost or forgotten by it. */
class MergeTests {

    private static Theatre theatre;
    private static CustomerMergesApi merges;

    private Member survivor;
    private Member loser;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
        merges = theatre.office().customerMerges();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    private void join() {
        survivor = Member.join(theatre);
        loser = Member.join(theatre);
    }

    @Test
    void previewSaysWhatMovesAndTheMergeDoesIt() throws ApiException {
        join();
        survivor.buy(1, PaymentMethod.INVOICE);
        loser.buy(2, PaymentMethod.INVOICE);
        loser.buy(1, PaymentMethod.PAY_LATER);
        loser.shop().carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        Theatre.execute(theatre.db(), """
                insert into customer_user_name (canonical, user_name, customer_id) values ('%1$s', '%1$s', '%1$s')
                """.formatted(loser.id()));
        Theatre.execute(
                theatre.db(),
                "insert into legacy_customer (source, source_id, customer_id) values ('former', '" + loser.id() + "', '"
                        + loser.id() + "')");

        var preview = preview();
        assertThat(preview.getConflicts()).isEmpty();
        assertThat(preview.getSurvivor().getExposure()).isEqualTo(eur(5_000));
        assertThat(preview.getLoser().getExposure()).isEqualTo(eur(15_000));
        assertThat(preview.getMoves().getOrders()).isEqualTo(2);
        assertThat(preview.getMoves().getOpenOrders()).isOne();
        assertThat(preview.getMoves().getCarts()).isOne();
        assertThat(preview.getMoves().getAddresses()).containsExactly(loser.email());
        assertThat(preview.getMoves().getUserNames()).containsExactly(loser.id().toString());

        var merge = merge(preview);

        assertThat(merge.getMoves()).isEqualTo(preview.getMoves());
        assertThat(merge.getAfter()).isEqualTo(preview.getAfter());
        assertThat(merge.getAfter().getExposure()).isEqualTo(eur(20_000));
        assertThat(survivor.count("orders where true")).isEqualTo(3);
        assertThat(survivor.count("cart where state = 'OPEN'")).isOne();
        assertThat(survivor.count("legacy_customer where true")).isOne();
        assertThat(loser.count("orders where true")).isZero();
        assertThat(loser.count("credit_account where exposure <> 0")).isZero();
        assertBooksAreRight();
        assertThat(survivor.again()
                        .shop()
                        .ownOrders()
                        .listMyOrders(null, null, null)
                        .getItems())
                .extracting(OwnOrder::getOrderId)
                .hasSize(3);
    }

    @Test
    void addressOfTheAccountThatEndedFindsThePersonAndSignsNobodyIn() throws ApiException {
        join();
        loser = Member.register(theatre, "loser-" + UUID.randomUUID() + "@example.org", "Example Customer");
        merge(preview());

        expect(401, "login-failed", () -> Member.logIn(theatre, loser.email()));
        var hit = theatre.office()
                .customers()
                .searchCustomers(new CustomerSearch().email(loser.email()))
                .getItems();
        assertThat(hit).singleElement().satisfies(found -> {
            assertThat(found.getCustomerId()).isEqualTo(survivor.id());
            assertThat(found.getMatchedBy()).isEqualTo(CustomerMatch.FORMER_ADDRESS);
        });
        var file = theatre.office().customers().getCustomer(loser.id());
        assertThat(file.getLoginState()).isEqualTo(LoginState.MERGED);
        assertThat(file.getMergedInto()).isEqualTo(survivor.id());
        assertThat(theatre.office().customers().getCustomer(survivor.id()).getMergedFrom())
                .containsExactly(loser.id());
    }

    @Test
    void tokenOfTheAccountThatEndedBuysNothingAnyMore() throws ApiException {
        join();
        var cart = loser.shop().carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        merge(preview());

        expect(
                401,
                "unauthorized",
                () -> loser.shop()
                        .carts()
                        .createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID()));
        expect(
                401,
                "unauthorized",
                () -> Theatre.checkOut(loser.shop(), cart, UUID.randomUUID(), Theatre.request(PaymentMethod.INVOICE)));
    }

    @Test
    void stricterLimitHoldsWhicheverAccountHadIt() throws ApiException {
        join();
        limit(loser, 20_000L);
        assertThat(preview().getAfter().getLimit()).isEqualTo(eur(20_000));
        merge(preview());
        assertThat(theatre.office().credit().getCreditAccount(survivor.id()).getLimit())
                .isEqualTo(eur(20_000));
        assertThat(theatre.office()
                        .credit()
                        .listCreditLimitChanges(survivor.id(), null, null)
                        .getItems())
                .hasSize(1);

        join();
        limit(loser, 90_000L);
        merge(preview());
        assertThat(theatre.office().credit().getCreditAccount(survivor.id()).getLimit())
                .as("the default is stricter")
                .isEqualTo(eur(50_000));

        join();
        limit(survivor, 10_000L);
        limit(loser, 90_000L);
        merge(preview());
        assertThat(theatre.office().credit().getCreditAccount(survivor.id()).getLimit())
                .isEqualTo(eur(10_000));
    }

    @Test
    void c10TogetherTheyMayOweMoreThanTheLimitAndOnlyBuyNoMore() throws ApiException {
        join();
        limit(survivor, 10_000L);
        survivor.buy(2, PaymentMethod.INVOICE);
        loser.buy(3, PaymentMethod.INVOICE);

        merge(preview());

        assertBooksAreRight();
        var again = survivor.again().shop();
        var cart = again.carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        assertThat(Theatre.checkOut(again, cart, UUID.randomUUID(), Theatre.request(PaymentMethod.INVOICE)))
                .isInstanceOf(Outcome.UnderReview.class);
    }

    @Test
    void blockOfEitherHoldsForBothAndIsLiftedForBoth() throws ApiException {
        join();
        var entry = theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().customerId(loser.id()).reason("Sells them on"));
        var preview = preview();
        assertThat(preview.getSurvivor().getBlocked()).isFalse();
        assertThat(preview.getLoser().getBlocked()).isTrue();
        assertThat(preview.getAfter().getBlocked()).isTrue();

        merge(preview);
        survivor = survivor.again();
        assertThat(survivor.buy(1, PaymentMethod.INVOICE)).isInstanceOf(Outcome.Redirect.class);

        theatre.office()
                .blacklist()
                .liftBlacklistEntry(
                        entry.getEntryId(), new dev.abendkasse.office.model.BlacklistLiftingNote().note("Settled"));
        assertThat(survivor.buy(1, PaymentMethod.INVOICE)).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void withdrawalOfTheNewsletterHoldsAndConsentGoesAlongOnlyWhereNothingWasSaid() throws ApiException {
        join();
        consents(survivor, "IMPORTED");
        consents(loser, "WITHDRAWN");
        assertThat(preview().getAfter().getNewsletter()).isEqualTo(CustomerNewsletter.WITHDRAWN);
        merge(preview());
        assertThat(newsletter(survivor)).isEqualTo("WITHDRAWN");

        join();
        consents(loser, "IMPORTED");
        assertThat(preview().getAfter().getNewsletter()).isEqualTo(CustomerNewsletter.SUBSCRIBED);
        merge(preview());
        assertThat(newsletter(survivor)).isEqualTo("SUBSCRIBED");
    }

    @Test
    void whatWasNotSeenIsNotMerged() throws ApiException {
        join();
        var preview = preview();
        loser.buy(1, PaymentMethod.INVOICE);

        expect(412, "version-conflict", () -> merge(preview));

        assertThat(loser.count("orders where true")).isOne();
        merge(preview());
        assertThat(survivor.count("orders where true")).isOne();
    }

    @Test
    void whatStandsInTheWayIsNamed() throws ApiException {
        join();
        theatre.office().customers().lockCustomer(loser.id(), new CustomerLockReason().reason("Test"));
        assertThat(preview().getConflicts()).containsExactly(MergeConflictKind.LOCKED);
        assertThat(expect(409, "merge-conflict", () -> merge(preview()))
                        .getErrors()
                        .getFirst()
                        .getDetail())
                .isEqualTo("LOCKED");
        theatre.office().customers().unlockCustomer(loser.id(), new CustomerLockReason().reason("Test"));

        loser = loser.again();
        for (var member : new Member[] {survivor, loser}) {
            member.shop()
                    .ownCredit()
                    .requestCreditLimit(
                            UUID.randomUUID(),
                            new CreditLimitRequest()
                                    .limit(new dev.abendkasse.sdk.model.Money()
                                            .amount(80_000L)
                                            .currency("EUR")));
        }
        assertThat(preview().getConflicts()).containsExactly(MergeConflictKind.TWO_LIMIT_REQUESTS);
    }

    @Test
    void repeatedMergeIsAnsweredAlikeAndWhatHasEndedIsNotMergedAgain() throws ApiException {
        join();
        var key = UUID.randomUUID();
        var request = request(preview());

        var first = merges.mergeCustomers(key, request);

        assertThat(merges.mergeCustomers(key, request)).isEqualTo(first);
        expect(422, "idempotency-key-reused", () -> merges.mergeCustomers(key, request.reason("Another")));
        assertThat(preview().getConflicts()).containsExactly(MergeConflictKind.ENDED);
        expect(409, "merge-conflict", () -> merge(preview()));
        expect(
                400,
                "invalid-request",
                () -> merges.previewMerge(new MergePair().survivorId(loser.id()).loserId(loser.id())));
        expect(
                404,
                "customer-not-found",
                () -> merges.previewMerge(
                        new MergePair().survivorId(survivor.id()).loserId(UUID.randomUUID())));
    }

    @Test
    void chainOfMergesLeadsToTheLastOne() throws ApiException {
        join();
        merge(preview());
        var middle = survivor;
        var first = loser;
        survivor = Member.join(theatre);
        loser = middle;
        merge(preview());

        assertThat(theatre.office().customers().getCustomer(first.id()).getMergedInto())
                .isEqualTo(survivor.id());
    }

    private MergePreview preview() throws ApiException {
        return merges.previewMerge(new MergePair().survivorId(survivor.id()).loserId(loser.id()));
    }

    private dev.abendkasse.office.model.CustomerMerge merge(MergePreview preview) throws ApiException {
        return merges.mergeCustomers(UUID.randomUUID(), request(preview));
    }

    private MergeRequest request(MergePreview preview) {
        return new MergeRequest()
                .survivorId(survivor.id())
                .loserId(loser.id())
                .digest(preview.getDigest())
                .reason("Registered twice");
    }

    private static void limit(Member member, long amount) throws ApiException {
        theatre.office()
                .credit()
                .setCreditLimit(
                        member.id(),
                        "\"1\"",
                        new CreditLimitChange().limit(eur(amount)).reason("Test"));
    }

    private static void consents(Member member, String kind) {
        Theatre.execute(
                theatre.db(),
                "insert into newsletter_consent (customer_id, kind, source) values ('" + member.id() + "', '" + kind
                        + "', 'FORMER_SHOP')");
    }

    private static String newsletter(Member member) {
        return theatre.value("select newsletter_state('" + member.id() + "')", String.class);
    }

    private void assertBooksAreRight() {
        assertThat(theatre.count("select count(*) from credit_books(array['" + survivor.id() + "', '" + loser.id()
                        + "']::uuid[]) where exposure <> entered or entered <> owed"))
                .isZero();
    }

    private static Money eur(long amount) {
        return new Money().amount(amount).currency("EUR");
    }
}
