package dev.abendkasse.server.blacklist;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.BlacklistApi;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistPerson;
import dev.abendkasse.office.model.BlacklistSearch;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CartState;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.sdk.model.Registration;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets past a block by writing their address in another way, nor by writing what is no address at all. */
class BlockedAddressTests {

    private static Theatre theatre;
    private static BlacklistApi blacklist;

    @BeforeAll
    static void openTheTheatre() throws Exception {
        theatre = Theatre.open(
                Map.of("abendkasse.web.carts-per-minute", "1000", "abendkasse.web.sign-ins-per-minute", "1000"));
        blacklist = theatre.office().blacklist();
        for (var email : new String[] {"john.doe@example.org", "john.doe@gmail.com", "jürgen@bücher.example.org"}) {
            blacklist.addBlacklistEntry(
                    UUID.randomUUID(), new BlacklistDraft().email(email).reason("A test"));
        }
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "John.Doe@Example.ORG",
                "\"john.doe\"@example.org",
                "\"jo\\hn.d\\oe\"@example.org",
                "＂john.doe＂@example.org",
                "ｊｏｈｎ．ｄｏｅ@ｅｘａｍｐｌｅ．org",
                "john.doe@exam\u00adple.org",
                "john.doe@exam\u200bple。org",
                "JohnDoe+tag@googlemail.com",
                "\"j.o.h.n.d.o.e+tag\"@gmail.com",
                "ju\u0308rgen@bu\u0308cher.example.org",
                "JÜRGEN@XN--BCHER-KVA.example.org",
            })
    void b2BlockedBuyerIsKnownHoweverTheAddressIsWritten(String typed) throws Exception {
        assertThat(checkOut(hold(), typed)).isInstanceOf(Outcome.Redirect.class);

        var told = hold();
        shop(told).carts().setBuyer(told.getCartId(), Theatre.buyer(typed), null);
        var cart = shop(told).carts().getCart(told.getCartId());
        assertThat(cart.getBuyer().getEmail()).isEqualTo(typed);
        assertThat(Theatre.checkOut(
                        theatre.shop(), told.version(cart.getVersion()), UUID.randomUUID(), new CheckoutRequest()))
                .isInstanceOf(Outcome.Redirect.class);
        assertThat(blacklist
                        .searchBlacklistEntries(
                                new BlacklistSearch().email(typed).active(true))
                        .getItems())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "john.doe+tag@example.org",
                "johndoe@example.org",
                "jоhn.doe@example.org", // Cyrillic о
                "john.doe@exаmple.org", // Cyrillic а
                "john_doe@gmail.com",
                "juergen@bücher.example.org",
                "jürgen@bucher.example.org",
            })
    void b2StrangersWhoseAddressesLookAlikeBuyAsAnybody(String typed) throws Exception {
        assertThat(checkOut(hold(), typed)).isInstanceOf(Outcome.Confirmed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"john. doe\"@example.org",
                "\"john.doe\\\"@example.org",
                "\"john\".doe@example.org",
                "\"john.doe@example.org",
                "john\\.doe@example.org",
                "john.doe(tag)@example.org",
                "(tag)john.doe@example.org",
                "john.doe@(tag)example.org",
                "john.doe@example.org(tag)",
                "<john.doe@example.org>",
                "john.doe@example.org.",
                "john.doe@[127.0.0.1]",
                "john.doe@[IPv6:::1]",
                "john.doe@localhost",
                "john..doe@example.org",
                "john.\u200bdoe@example.org",
                "john.\u00addoe@example.org",
                "john.\ufe0fdoe@example.org",
                "john.doe@exam\u200dple.org",
                " john.doe@example.org",
                "john.doe@example.org\u00a0",
                "john.doe＠example.org",
            })
    void b2AndP10WhatIsNoAddressIsRefusedBeforeAnythingIsDecided(String typed) throws Exception {
        var cart = hold();

        assertThat(pointer(() -> checkOut(cart, typed))).isEqualTo("#/buyer/email");
        assertThat(pointer(() -> shop(cart).carts().setBuyer(cart.getCartId(), Theatre.buyer(typed), null)))
                .isEqualTo("#/email");
        assertThat(pointer(() -> theatre.shop()
                        .carts()
                        .createCart(new CartCreation().buyer(Theatre.buyer(typed)), UUID.randomUUID())))
                .isEqualTo("#/buyer/email");
        assertThat(pointer(() -> theatre.shop()
                        .accounts()
                        .register(new Registration()
                                .email(typed)
                                .name("Example Customer")
                                .password("correct horse battery"))))
                .isEqualTo("#/email");
        assertThat(pointer(() -> blacklist.addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(typed).reason("A test"))))
                .isEqualTo("#/email");
        assertThat(shop(cart).carts().getCart(cart.getCartId())).satisfies(now -> {
            assertThat(now.getState()).isEqualTo(CartState.OPEN);
            assertThat(now.getVersion()).isEqualTo(cart.getVersion());
            assertThat(now.getBuyer()).isNull();
        });
        assertThat(checkOut(cart, "somebody.else@example.org")).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void b2WhatIsNoAddressIsRefusedAtTheDeskAndInSearchesToo() throws Exception {
        var till = Till.ofStaff(theatre);
        var contact = new Contact().email("\"john doe\"@example.org");
        var order = till.sell(theatre.best("free", 1));

        assertThat(pointer(() -> till.sell(new BoxOfficeOrderCreation()
                        .items(theatre.best("free", 1))
                        .buyer(contact))))
                .isEqualTo("#/buyer/email");
        assertThat(pointer(() -> till.setBuyer(order, contact))).isEqualTo("#/email");
        assertThat(pointer(() ->
                        blacklist.searchBlacklistEntries(new BlacklistSearch().email("\"john doe\"@example.org"))))
                .isEqualTo("#/email");
        assertThat(pointer(
                        () -> blacklist.previewBlacklistEntry(new BlacklistPerson().email("\"john doe\"@example.org"))))
                .isEqualTo("#/email");
        assertThat(till.setBuyer(order, new Contact().email("\"jane.doe\"@example.org"))
                        .getBuyer()
                        .getEmail())
                .isEqualTo("\"jane.doe\"@example.org");
        till.cancel(till.now(order), null);
    }

    private static String pointer(ThrowingCallable call) {
        var faults = expect(400, "invalid-request", call).getErrors();
        assertThat(faults).hasSize(1);
        return faults.getFirst().getPointer();
    }

    private static Cart hold() throws ApiException {
        return theatre.hold(theatre.best("free", 1));
    }

    private static Outcome checkOut(Cart cart, String email) throws ApiException {
        return Theatre.checkOut(
                theatre.shop(), cart, UUID.randomUUID(), new CheckoutRequest().buyer(Theatre.buyer(email)));
    }

    private static AbendkasseClient shop(Cart cart) {
        return theatre.shop().withCartToken(cart.getCartToken());
    }
}
