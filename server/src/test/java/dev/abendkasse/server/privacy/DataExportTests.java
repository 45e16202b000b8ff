package dev.abendkasse.server.privacy;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDecision;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistOrderDecision;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CreditLimitRequest;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.sdk.model.MyAddress;
import dev.abendkasse.sdk.model.MyCreditEntry;
import dev.abendkasse.sdk.model.MyData;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PasswordProof;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** P14: everybody gets what is held about them, in one form, and nobody learns from it whether they are blocked. */
class DataExportTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Theatre theatre;

    private final String mark = UUID.randomUUID().toString();

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void p14ExportHoldsWhatIsHeldAboutOneselfAndNothingOfOthers() throws ApiException {
        var member = member();
        var other = member("other-");
        onAccountAndPaid(other);
        var order = onAccountAndPaid(member);
        member.shop().carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        ask(member);
        theatre.office().customers().sendReset(member.id());

        var data = export(member);

        assertThat(data.getProfile().getCustomerId()).isEqualTo(member.id());
        assertThat(data.getProfile().getName()).isEqualTo(member.name());
        assertThat(data.getAddresses()).extracting(MyAddress::getEmail).containsExactly(member.email());
        assertThat(data.getOrders())
                .singleElement()
                .isEqualTo(member.shop().orders().getOrder(order));
        assertThat(data.getMoney())
                .singleElement()
                .satisfies(money -> assertThat(money.getAmount()).isEqualTo(5_000));
        assertThat(data.getInvoices()).hasSize(1);
        assertThat(data.getCreditEntries())
                .extracting(MyCreditEntry::getCause)
                .containsExactlyInAnyOrder("INVOICE", "PAID");
        assertThat(data.getCarts())
                .singleElement()
                .satisfies(cart -> assertThat(cart.getState()).isEqualTo("OPEN"));
        assertThat(data.getCases())
                .singleElement()
                .satisfies(matter -> assertThat(matter.getWish()).isEqualTo("For three classes"));
        assertThat(data.getMails()).isNotEmpty();
        assertThat(data.getNewsletter().getState()).isEqualTo("NONE");
        assertThat(data.getOffice()).startsWith("Example theatre");
    }

    @Test
    void p7ExportOfABlockedPersonIsLikeAnyOther() throws Exception {
        var blocked = member();
        var free = member("other-");
        for (var member : new Member[] {blocked, free}) {
            onAccountAndPaid(member);
            member.buy(1, PaymentMethod.PAY_LATER);
            member.shop().carts().createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID());
        }
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft()
                                .customerId(blocked.id())
                                .reason("Sells them on")
                                .orders(List.of(ended(blocked))));
        end(free);
        assertThat(blocked.buy(1, PaymentMethod.INVOICE)).isInstanceOf(Outcome.Redirect.class);
        theatre.letTimePass(free.shop()
                .carts()
                .createCart(new CartCreation().items(theatre.best("ga", 1)), UUID.randomUUID())
                .getCartId());

        var one = text(blocked);
        var other = text(free);

        assertThat(shape(one)).isEqualTo(shape(other));
        assertThat(values(one)).isEqualTo(values(other));
        assertThat(one.toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("block")
                .doesNotContain("blacklist")
                .doesNotContain("redirect")
                .doesNotContain("sells them on");
    }

    @Test
    void onlyWhoKnowsThePasswordGetsItAndNotAsOftenAsTheyLike() throws ApiException {
        var member = member();
        for (int i = 0; i < 5; i++) {
            expect(
                    422,
                    "password-wrong",
                    () -> member.shop().privacy().exportMyData(new PasswordProof().password("x")));
        }

        expect(429, "too-many-requests", () -> export(member));
        expect(401, "unauthorized", () -> theatre.shop().privacy().exportMyData(new PasswordProof().password("x")));
        expect(403, "forbidden", () -> theatre.boxOffice().privacy().exportMyData(new PasswordProof().password("x")));
    }

    /** Which members there are, in lists too. */
    private static Set<String> shape(JsonNode data) {
        var shape = new TreeSet<String>();
        walk(data, "", shape);
        return shape;
    }

    private static void walk(JsonNode node, String path, Set<String> shape) {
        shape.add(path + " " + node.getNodeType());
        node.propertyStream().forEach(member -> walk(member.getValue(), path + "/" + member.getKey(), shape));
        if (node.isArray()) {
            node.valueStream().forEach(element -> walk(element, path + "/*", shape));
        }
    }

    /** What states and causes there are. */
    private static Set<String> values(JsonNode data) {
        var values = new TreeSet<String>();
        for (var list : new String[] {"orders", "carts", "creditEntries", "money"}) {
            data.get(list)
                    .valueStream()
                    .forEach(element ->
                            values.add(list + " " + element.path("state").asString("")
                                    + element.path("cause").asString("")
                                    + element.path("kind").asString("")));
        }
        return values;
    }

    /** The reservation that ends with the block. */
    private static BlacklistOrderDecision ended(Member member) throws ApiException {
        var reserved = member.shop()
                .ownOrders()
                .listMyOrders(OrderState.RESERVED, null, null)
                .getItems()
                .getFirst();
        return new BlacklistOrderDecision().orderId(reserved.getOrderId()).decision(BlacklistDecision.END);
    }

    /** As it comes over the wire. */
    private static JsonNode text(Member member) {
        return JSON.readTree(theatre.server()
                .http()
                .post()
                .uri("/v1/me/data-exports")
                .headers(headers -> headers.setBearerAuth(member.token()))
                .bodyValue(Map.of("password", Member.PASSWORD))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
    }

    private static void end(Member member) throws ApiException {
        for (var order :
                member.shop().ownOrders().listMyOrders(null, null, null).getItems()) {
            if (order.getHeldUntil() != null) {
                member.shop().orders().cancelOrder(order.getOrderId(), UUID.randomUUID());
            }
        }
        for (var cart : Awaited.of(theatre.db()
                .sql("select cart_id from cart where state = 'OPEN' and customer_id = '" + member.id() + "'")
                .mapValue(UUID.class)
                .all()
                .collectList())) {
            theatre.letTimePass(cart);
        }
    }

    private Member member() throws ApiException {
        return member("member-");
    }

    private Member member(String prefix) throws ApiException {
        return Member.register(theatre, prefix + mark + "@example.org", "Name " + mark);
    }

    private static UUID onAccountAndPaid(Member member) throws ApiException {
        var outcome = (Outcome.Confirmed) member.buy(1, PaymentMethod.INVOICE);
        new BankTheatre.UnpaidTransfer(theatre, outcome.order(), outcome.orderToken()).book(5_000);
        return outcome.order().getOrderId();
    }

    private static void ask(Member member) throws ApiException {
        member.shop()
                .ownCredit()
                .requestCreditLimit(
                        UUID.randomUUID(),
                        new CreditLimitRequest()
                                .limit(new Money().amount(80_000L).currency("EUR"))
                                .reason("For three classes"));
    }

    private static MyData export(Member member) throws ApiException {
        return member.shop().privacy().exportMyData(new PasswordProof().password(Member.PASSWORD));
    }
}
