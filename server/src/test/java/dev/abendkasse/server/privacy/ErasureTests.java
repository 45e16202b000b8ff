package dev.abendkasse.server.privacy;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.CustomerSearch;
import dev.abendkasse.office.model.ErasureRequest;
import dev.abendkasse.office.model.GuestErasureRequest;
import dev.abendkasse.office.model.LoginState;
import dev.abendkasse.office.model.MergePair;
import dev.abendkasse.office.model.MergeRequest;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Buyer;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.CreditLimitRequest;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.PasswordProof;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.ProblemError;
import dev.abendkasse.server.audit.AuditTrail;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.privacy.domain.ErasureCommand;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** P14: a person is taken out of everything but what the law keeps; orders stay, and so does a block. */
class ErasureTests {

    private static final String TEXT_COLUMNS = """
            select format('select %L from %I as row where row::text ilike %L', table_name, table_name, '%%' || $1 || '%%')
              from information_schema.tables
             where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'invoice'
            """;

    private static Theatre theatre;

    private final String mark = UUID.randomUUID().toString();
    private final String email = "goes-" + mark + "@example.org";

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void p14NothingOfThePersonIsLeftButWhatTheLawKeeps() throws ApiException {
        var member = Member.register(theatre, email, "Name " + mark);
        var order = onAccountAndPaid(member);
        member.shop().carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        Theatre.execute(theatre.db(), """
                insert into customer_user_name (canonical, user_name, customer_id) values ('n%1$s', 'N%1$s', '%2$s')
                """.formatted(mark, member.id()));
        theatre.office().customers().sendReset(member.id());
        theatre.office().customers().searchCustomers(new CustomerSearch().email(email));
        decidedCase(member);
        expect(
                401,
                "login-failed",
                () -> theatre.shop().accounts().login(new Login().email(email).password("another")));
        assertThat(traces()).isNotEmpty();
        mailsAreOut();

        var done = member.shop().privacy().eraseMe(password());

        assertThat(done.getErasedAt()).isNotNull();
        assertThat(done.getMessage()).isNotBlank();
        assertThat(traces()).isEmpty();
        assertThat(theatre.count("select count(*) from invoice where content::text like '%" + mark + "%'"))
                .as("an invoice stays as it is")
                .isOne();
        assertThat(theatre.count(
                        "select count(*) from orders where state = 'CONFIRMED' and order_id = '" + order + "'"))
                .isOne();
        assertThat(theatre.count("select count(*) from ticket where order_id = '" + order + "'"))
                .isOne();
        assertThat(theatre.count(
                        "select count(*) from cart where state = 'OPEN' and customer_id = '" + member.id() + "'"))
                .isZero();
        assertThat(theatre.office().customers().getCustomer(member.id()).getLoginState())
                .isEqualTo(LoginState.ERASED);
        expect(401, "login-failed", () -> Member.logIn(theatre, email));
        expect(401, "unauthorized", () -> member.buy(1, PaymentMethod.INVOICE));
        assertThat(AuditTrail.of(theatre.database()).broken()).isZero();
    }

    @Test
    void onlyWhoKnowsThePasswordIsErased() throws ApiException {
        var member = Member.register(theatre, email, "Name " + mark);

        expect(422, "password-wrong", () -> member.shop().privacy().eraseMe(new PasswordProof().password("another")));
        expect(401, "unauthorized", () -> theatre.shop().privacy().eraseMe(password()));

        assertThat(Member.logIn(theatre, email)).isNotBlank();
    }

    /** As at a sign-in that comes between the check of the password and the erasure. */
    @Test
    void passwordThatIsHashedAnewMeanwhileIsStillTheSame() throws ApiException {
        var member = Member.register(theatre, email, "Name " + mark);
        var own = own(member);
        Theatre.execute(
                theatre.db(), "update customer set password_hash = 'anew' where customer_id = '" + member.id() + "'");

        assertThat(Awaited.of(own).has("erasedAt")).isTrue();
    }

    @Test
    void passwordThatIsChangedMeanwhileIsAnotherAndNothingIsErased() throws ApiException {
        var member = Member.register(theatre, email, "Name " + mark);
        var own = own(member);
        Theatre.execute(
                theatre.db(),
                "update customer set password_changed_at = clock_timestamp() where customer_id = '" + member.id()
                        + "'");

        assertThat(Awaited.of(own).get("refused").asString()).isEqualTo("PASSWORD_WRONG");
        assertThat(Member.logIn(theatre, email)).isNotBlank();
    }

    /** What its owner asks for, whose password has been checked by now. */
    private static Mono<JsonNode> own(Member member) {
        var since = theatre.value(
                "select password_changed_at from customer where customer_id = '" + member.id() + "'", Instant.class);
        return theatre.server()
                .bean(Functions.class)
                .call("erase_customer", new ErasureCommand.Own(member.id(), since));
    }

    @Test
    void whatIsStillGoingOnStandsInTheWayAndIsNamed() throws ApiException {
        var member = Member.join(theatre);
        member.buy(1, PaymentMethod.INVOICE);
        member.buy(1, PaymentMethod.PAY_LATER);
        member.shop()
                .ownCredit()
                .requestCreditLimit(
                        UUID.randomUUID(),
                        new CreditLimitRequest()
                                .limit(new Money().amount(80_000L).currency("EUR")));

        var problem = expect(409, "erasure-obstructed", () -> erase(member.id()));

        assertThat(problem.getErrors())
                .extracting(ProblemError::getDetail)
                .containsExactlyInAnyOrder("OPEN_ORDERS: 1", "UNPAID_ORDERS: 1", "OWED: 1", "OPEN_CASES: 1");
        assertThat(theatre.count("select count(*) from orders where buyer ->> 'email' = '" + member.email() + "'"))
                .isEqualTo(2);
    }

    @Test
    void erasedAgainNothingChanges() throws ApiException {
        var member = Member.join(theatre);

        var first = erase(member.id());

        assertThat(erase(member.id())).isEqualTo(first);
        expect(404, "customer-not-found", () -> erase(UUID.randomUUID()));
    }

    @Test
    void b3BlockOutlivesTheAccountAndHoldsForWhoeverRegistersWithTheAddressAnew() throws ApiException {
        var member = Member.register(theatre, email, "Name " + mark);
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().customerId(member.id()).reason("Sells them on"));
        member.shop().privacy().eraseMe(password());
        assertThat(traces()).isEmpty();

        var anew = Member.register(theatre, email, "Somebody");

        assertThat(anew.id()).isNotEqualTo(member.id());
        assertThat(anew.buy(1, PaymentMethod.INVOICE)).isInstanceOf(Outcome.Redirect.class);
        assertThat(anew.shop().ownOrders().listMyOrders(null, null, null).getItems())
                .isEmpty();
    }

    @Test
    void b3BlockOfAnAccountThatWasMergedOutlivesTheOther() throws ApiException {
        var survivor = Member.join(theatre);
        var loser = Member.join(theatre);
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().customerId(loser.id()).reason("Sells them on"));
        merge(survivor, loser);
        erase(survivor.id());

        for (var address : List.of(survivor.email(), loser.email())) {
            assertThat(buyAsGuest(address)).as(address).isInstanceOf(Outcome.Redirect.class);
        }
        assertThat(theatre.count("select count(*) from customer where name <> '' and customer_id in ('" + survivor.id()
                        + "', '" + loser.id() + "')"))
                .isZero();
    }

    @Test
    void partOfAnotherAccountIsErasedWithThatOne() throws ApiException {
        var survivor = Member.join(theatre);
        var loser = Member.join(theatre);
        merge(survivor, loser);

        expect(409, "account-ended", () -> erase(loser.id()));
    }

    @Test
    void p14GuestIsTakenOutOfTheirOrdersAndTheBlockStays() throws ApiException {
        var reserved = (Outcome.Reserved) buyAsGuest(email);
        expect(409, "erasure-obstructed", this::eraseGuest);
        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .cancelOrder(reserved.order().getOrderId(), UUID.randomUUID());
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Sells them on"));
        assertThat(buyAsGuest(email)).isInstanceOf(Outcome.Redirect.class);
        mailsAreOut();

        var erased = eraseGuest();

        assertThat(erased.getOrders()).isOne();
        assertThat(erased.getCarts()).isPositive();
        assertThat(traces()).isEmpty();
        assertThat(buyAsGuest(email)).isInstanceOf(Outcome.Redirect.class);
    }

    /** The tables in which the person is still found. */
    private List<String> traces() {
        return Awaited.of(theatre.db()
                .sql(TEXT_COLUMNS)
                .bind(0, mark)
                .mapValue(String.class)
                .all()
                .concatMap(
                        query -> theatre.db().sql(query).mapValue(String.class).all())
                .distinct()
                .collectList());
    }

    /** What is being sent at that moment arrives, whatever happens meanwhile. */
    private static void mailsAreOut() throws ApiException {
        PayPage.await(
                () -> theatre.count(
                        "select count(*) from outbox_message where state = 'WAITING' and kind in ('MAIL',"
                                + " 'CASE_MAIL', 'ACCOUNT_MAIL', 'ACCOUNT_HELP') and (due_at <= clock_timestamp() or tries > 0)"),
                waiting -> waiting == 0);
    }

    private UUID onAccountAndPaid(Member member) throws ApiException {
        var outcome = (Outcome.Confirmed) member.buy(1, PaymentMethod.INVOICE);
        new BankTheatre.UnpaidTransfer(theatre, outcome.order(), outcome.orderToken()).book(5_000);
        return outcome.order().getOrderId();
    }

    private void decidedCase(Member member) throws ApiException {
        var receipt = member.shop()
                .ownCredit()
                .requestCreditLimit(
                        UUID.randomUUID(),
                        new CreditLimitRequest()
                                .limit(new Money().amount(80_000L).currency("EUR"))
                                .reason("I am " + mark));
        theatre.office()
                .cases()
                .rejectCase(
                        receipt.getCaseNumber(),
                        UUID.randomUUID(),
                        "\"1\"",
                        new dev.abendkasse.office.model.CaseRejection().reason("Nobody knows " + mark));
    }

    private static Outcome buyAsGuest(String address) throws ApiException {
        return Theatre.checkOut(
                theatre.shop(),
                theatre.hold(theatre.best("ga", 1)),
                UUID.randomUUID(),
                new CheckoutRequest()
                        .paymentMethod(PaymentMethod.PAY_LATER)
                        .buyer(new Buyer().email(address).name(address)));
    }

    private static dev.abendkasse.office.model.CustomerErasureReceipt erase(UUID customer) throws ApiException {
        return theatre.office().erasures().eraseCustomer(customer, new ErasureRequest().reason("Asked for it"));
    }

    private dev.abendkasse.office.model.GuestErasure eraseGuest() throws ApiException {
        return theatre.office()
                .erasures()
                .eraseGuest(new GuestErasureRequest()
                        .email(email)
                        .proof("Answered a mail")
                        .reason("Asked for it"));
    }

    private static void merge(Member survivor, Member loser) throws ApiException {
        var merges = theatre.office().customerMerges();
        var digest = merges.previewMerge(
                        new MergePair().survivorId(survivor.id()).loserId(loser.id()))
                .getDigest();
        merges.mergeCustomers(
                UUID.randomUUID(),
                new MergeRequest()
                        .survivorId(survivor.id())
                        .loserId(loser.id())
                        .digest(digest)
                        .reason("Registered twice"));
    }

    private static PasswordProof password() {
        return new PasswordProof().password(Member.PASSWORD);
    }
}
