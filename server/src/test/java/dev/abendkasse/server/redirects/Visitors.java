package dev.abendkasse.server.redirects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.StaffAccountDraft;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.MediaType;

/** People who end at the overview, and staff who look at it. */
final class Visitors {

    private static final String PASSWORD = "a password for tests";

    private final Theatre theatre;
    private final AbendkasseOfficeClient office;
    private final Map<String, AccessTokens> staff = new ConcurrentHashMap<>();

    Visitors(Theatre theatre) {
        this.theatre = theatre;
        this.office = theatre.office();
    }

    /** Somebody who may do everything. */
    AbendkasseOfficeClient office() {
        return office;
    }

    static String newEmail() {
        return "someone-" + UUID.randomUUID() + "@example.org";
    }

    /** @param addresses all that the customer ever had; the last one is current */
    CustomerId customer(String... addresses) {
        return new Buyers(theatre.server(), theatre.db()).customer(addresses);
    }

    /** The customer changes to this address. */
    void moves(CustomerId customer, String address) {
        Theatre.execute(
                theatre.db(),
                "update customer_email set until = clock_timestamp() where until is null and customer_id = '"
                        + customer.value() + "'");
        Theatre.execute(theatre.db(), """
                insert into customer_email (customer_id, email, canonical, match_key)
                values ('%s', '%2$s', lower('%2$s'), '\\x%3$s')
                """.formatted(
                        customer.value(),
                        address,
                        theatre.server().bean(PersonKeys.class).keyOf(address)));
    }

    AbendkasseClient as(CustomerId customer) {
        return theatre.shop(theatre.server().tokenOf(customer));
    }

    BlacklistEntry block(String email) throws ApiException {
        return office.blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Three chargebacks"));
    }

    BlacklistEntry block(CustomerId customer) throws ApiException {
        return office.blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().customerId(customer.value()).reason("Three chargebacks"));
    }

    /** A guest tries to buy. */
    Cart attempt(String email) throws ApiException {
        return attempt(theatre.shop(), theatre.best("ga", 1), email);
    }

    Cart attempt(AbendkasseClient shop, ItemSelection items, String email) throws ApiException {
        var cart = shop.carts().createCart(new CartCreation().items(items), UUID.randomUUID());
        endAtTheOverview(shop, cart, email);
        return cart;
    }

    /** Of a cart whose time has run out. */
    Cart attemptTooLate(String email) throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(cart.getCartId());
        endAtTheOverview(theatre.shop(), cart, email);
        return cart;
    }

    void endAtTheOverview(AbendkasseClient shop, Cart cart, String email) throws ApiException {
        var request = new CheckoutRequest().paymentMethod(PaymentMethod.CARD).buyer(Theatre.buyer(email));

        assertThat(Theatre.checkOut(shop, cart, UUID.randomUUID(), request)).isInstanceOf(Outcome.Redirect.class);
    }

    /** Somebody who works here and may do only this. */
    AbendkasseOfficeClient staff(String scope) {
        return AbendkasseOfficeClient.at(theatre.address())
                .accessToken(tokens(scope))
                .build();
    }

    private AccessTokens tokens(String scope) {
        return staff.computeIfAbsent(scope, this::hire);
    }

    private AccessTokens hire(String scope) {
        try {
            var draft = new StaffAccountDraft()
                    .userName("staff-" + UUID.randomUUID())
                    .password(PASSWORD)
                    .scopes(Set.of(scope));
            var name = office.staffAccounts().createStaffAccount(draft).getUserName();
            return AccessTokens.password(theatre.address(), name, PASSWORD);
        } catch (ApiException e) {
            throw new AssertionError(e);
        }
    }

    /** A body as it stands, and the first fault that it has. */
    void expectFault(String path, String body, String pointer) {
        theatre.server()
                .http()
                .post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(tokens("back-office").get()))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(pointer);
    }

    /** What is answered in this language. */
    String say(String path, String body, String language) {
        return new String(
                theatre.server()
                        .http()
                        .post()
                        .uri(path)
                        .headers(headers ->
                                headers.setBearerAuth(tokens("back-office").get()))
                        .header("Accept-Language", language)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .is2xxSuccessful()
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);
    }
}
