package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.server.security.ApiClients;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.EventReader;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything but the clock that a blocked buyer can look at: it is what an ordinary buyer sees whose cart was closed. */
class SameToTheByteTests {

    private static final int PAIRS = Scale.of(20);

    /**
     * What a checkout leaves behind where others see it or are told of it. Mails about the accounts that buyers have just opened
     * leave in the meantime.
     */
    private static final String TRACES = """
            select concat_ws(' ', (select last_value from order_number_seq),
                   (select count(*) from orders), (select count(*) from outbox_message where kind not like 'ACCOUNT%'),
                   (select count(*) from mailbox_mail
                     where mail_id not in (select message_id from outbox_message where kind like 'ACCOUNT%')),
                   (select count(*) from webhook_delivery), (select count(*) from payment), (select count(*) from sandbox_payment),
                   (select count(*) from case_file), (select count(*) from invoice), (select count(*) from ticket),
                   (select coalesce(sum(exposure), 0) from credit_account), (select count(*) from credit_entry))
            """;

    private static final Veil VEIL = new Veil();

    private static Theatre theatre;
    private static Theatre withoutProvider;
    private static House house;
    private static String partner;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open(
                Map.of("abendkasse.web.answer-slot", "5ms", "abendkasse.checkout.credit-limit", "6000"));
        withoutProvider = theatre.replica(Map.of(
                "abendkasse.web.answer-slot",
                "5ms",
                "abendkasse.payment.base-url",
                "http://localhost:1",
                "abendkasse.payment.webhook-secrets",
                "whsec_c2VjcmV0LWZvci10ZXN0cy1vZi1ub3RpZmljYXRpb25z"));
        house = House.open(theatre, 200 * Way.values().length * PAIRS);
        partner = partnersToken();
    }

    @AfterAll
    static void closeTheTheatre() {
        withoutProvider.close();
        theatre.close();
    }

    @ParameterizedTest
    @EnumSource
    void p7AndB7AnswerIsToTheByteThatOfAnyClosedCartByEveryMethod(Ending ending) throws Exception {
        AtOnce.run(shown(theatre.address(), Stream.of(Way.values()))
                .map(shown -> shown.comparing(ending))
                .toArray(AtOnce.Step[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void b7AnswerIsTheSameWhileTheProviderIsDown(Ending ending) throws Exception {
        AtOnce.run(shown(withoutProvider.address(), Way.throughTheProvider())
                .map(shown -> shown.comparing(ending))
                .toArray(AtOnce.Step[]::new));
    }

    /** Otherwise the comparisons would say nothing. */
    @ParameterizedTest
    @EnumSource
    void ordinaryBuyerWithAnOpenCartIsNotRedirected(Way way) throws Exception {
        try (var wire = new Wire(theatre.address())) {
            for (var person : List.of(Person.guest(), Person.customer(theatre))) {
                var answer = wire.ask(house.hold(wire, person, way).checkOut(UUID.randomUUID()));

                assertThat(answer.isRedirect()).as(answer.toString()).isFalse();
            }
        }
    }

    @Test
    void redirectDiffersInNothingButItsDate() throws Exception {
        try (var wire = new Wire(theatre.address())) {
            var cart = house.hold(wire, Person.blockedGuest(theatre), Way.CARD);
            var answer = wire.ask(cart.checkOut(UUID.randomUUID()));

            assertThat(answer.text())
                    .isEqualTo("{\"outcome\":\"REDIRECT\",\"location\":\"https://shop.example.org/events\"}");
            assertThat(answer.head())
                    .noneMatch(line ->
                            line.matches("(?i)(set-cookie|connection|retry-after|ratelimit.*|server-timing):.*"));
            assertThat(VEIL.over(answer)).contains("Date: *");
            assertThat(VEIL.headers()).containsExactly("date");
        }
    }

    @ParameterizedTest
    @EnumSource
    void b7WhateverIsAskedAfterwardsIsAnsweredTheSame(Ending ending) throws Exception {
        for (var scene : List.of(guests(theatre.address()), customers(theatre.address()))) {
            scene.play(ending, Way.PAY_LATER, PAIRS, (ofBlocked, ofOrdinary, pair) -> {
                for (var step : afterwards().entrySet()) {
                    same(
                            step.getKey(),
                            ofBlocked.ask(step.getValue().apply(pair.blocked())),
                            ofOrdinary.ask(step.getValue().apply(pair.ordinary())));
                }
                assertThat(streamOf(pair.blocked())).isEqualTo(streamOf(pair.ordinary()));
            });
        }
    }

    @Test
    void b7NoOrderNumberIsUsedNobodyIsToldAndNothingIsOwed() throws Exception {
        var before = traces();

        for (var server : List.of(theatre.address(), withoutProvider.address())) {
            AtOnce.run(shown(server, Stream.of(Way.values()))
                    .map(shown ->
                            (AtOnce.Step) () -> redirect(server, shown.scene().blocked(), shown.way()))
                    .toArray(AtOnce.Step[]::new));
        }

        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void b7CustomersAccountLooksAsAfterAnyClosedCart() throws Exception {
        var scene = customers(theatre.address());
        scene.play(Ending.GIVEN_UP, Way.INVOICE, PAIRS, (ofBlocked, ofOrdinary, pair) -> {
            var before = ofBlocked.ask(me(pair.blocked()));
            ofOrdinary.ask(pair.ordinary().checkOut(UUID.randomUUID()));
            ofBlocked.ask(pair.blocked().checkOut(UUID.randomUUID()));

            same("me", ofBlocked.ask(me(pair.blocked())), before);
            assertThat(creditOf(pair.blocked())).isEqualTo(creditOf(pair.ordinary()));
        });
    }

    @Test
    void b7SeatsLookAsIfTheBuyerHadGivenThemUp() throws Exception {
        try (var wire = new Wire(theatre.address())) {
            var ofBlocked = House.open(theatre, 10);
            var ofOrdinary = House.open(theatre, 10);
            var blocked = seatsDuring(wire, ofBlocked, Person.blockedGuest(theatre), false);
            var ordinary = seatsDuring(wire, ofOrdinary, Person.guest(), true);

            assertThat(blocked).isEqualTo(ordinary);
            assertThat(blocked.getFirst()).as("the map afterwards").isEqualTo(blocked.getLast());
        }
    }

    /** The whole map before, while the seats are held and afterwards, and what its stream has told. */
    private static List<String> seatsDuring(Wire wire, House house, Person person, boolean givenUp) throws Exception {
        var path = "/v1/performances/" + house.performance() + "/seats";
        var seen = new ArrayList<String>();
        try (var stream = EventReader.open(theatre.address().resolve(path + "/stream"), Map.of())) {
            stream.nextPosition();
            seen.add(VEIL.over(wire.ask(RawRequest.get(path))));
            var cart = house.hold(wire, person, Way.BUYER_KNOWN_BEFORE);
            stream.next();
            seen.add(VEIL.over(wire.ask(RawRequest.get(path))));
            wire.ask(givenUp ? cart.giveUp() : cart.checkOut(UUID.randomUUID()));
            stream.next();
            assertThat(wire.ask(cart.checkOut(UUID.randomUUID())).isRedirect()).isTrue();
            seen.add(VEIL.overEvents(stream.text()));
            seen.add(VEIL.over(wire.ask(RawRequest.get(path))));
        }
        return seen.stream()
                .map(text -> text.replace(house.performance().toString(), "performance"))
                .toList();
    }

    /** Requests about a cart, in this order; the first is its checkout. */
    private static Map<String, Function<Purchase, RawRequest>> afterwards() {
        var steps = new LinkedHashMap<String, Function<Purchase, RawRequest>>();
        steps.put("checkout", cart -> cart.checkOut(cart.cartId()));
        steps.put("the same again", cart -> cart.checkOut(cart.cartId()));
        steps.put(
                "the same key for something else",
                cart -> cart.checkOut(cart.cartId()).saying("{\"paymentMethod\":\"CARD\"}"));
        steps.put("another key", cart -> cart.checkOut(UUID.randomUUID()));
        steps.put("look", Purchase::look);
        steps.put("add", cart -> cart.add(theatre.performance()));
        steps.put("name", Purchase::name);
        steps.put("make cheaper", Purchase::makeCheaper);
        steps.put("a version that there is not", cart -> cart.at(7).checkOut(UUID.randomUUID()));
        steps.put("give up", Purchase::giveUp);
        steps.put("a partner who has the code", SameToTheByteTests::byCode);
        steps.put("remove", Purchase::remove);
        steps.put("look again", Purchase::look);
        steps.put("the version before", cart -> cart.checkOut(UUID.randomUUID()));
        steps.put("the version now", cart -> cart.at(cart.version() + 1).checkOut(UUID.randomUUID()));
        return steps;
    }

    private static RawRequest byCode(Purchase cart) {
        return byPartner("/v1/box-office/hijacks", "{\"pickupCode\":\"" + cart.pickupCode() + "\"}");
    }

    private static RawRequest byPartner(String path, String body) {
        return RawRequest.post(path, body)
                .with("Authorization", "Bearer " + partner)
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .with("Clerk", "clerk");
    }

    private static RawRequest me(Purchase cart) {
        return RawRequest.get("/v1/me")
                .with("Authorization", "Bearer " + cart.person().accessToken());
    }

    private static void redirect(URI server, Person person, Way way) {
        try (var wire = new Wire(server)) {
            var answer = wire.ask(house.hold(wire, person, way).checkOut(UUID.randomUUID()));
            assertThat(answer.isRedirect()).as(answer.toString()).isTrue();
        }
    }

    private static String streamOf(Purchase cart) {
        var address = theatre.address().resolve(cart.path() + "/stream");
        try (var stream = EventReader.open(address, Map.of("Cart-Token", cart.token()))) {
            return VEIL.overEvents(stream.awaitEnd().text());
        }
    }

    private static String traces() {
        return Awaited.of(theatre.db().sql(TRACES).mapValue(String.class).one());
    }

    private static String creditOf(Purchase cart) {
        return Awaited.of(theatre.db()
                .sql("select concat_ws(' ', count(*), sum(exposure), sum(limit_amount)) from credit_account"
                        + " join cart using (customer_id) where cart_id = '" + cart.cartId() + "'")
                .mapValue(String.class)
                .one());
    }

    static void same(String what, RawAnswer ofBlocked, RawAnswer ofOrdinary) {
        assertThat(VEIL.over(ofBlocked)).as(what).isEqualTo(VEIL.over(ofOrdinary));
        assertThat(Veil.sizes(ofBlocked)).as("sizes: " + what).isEqualTo(Veil.sizes(ofOrdinary));
    }

    /** One way of buying by one kind of buyers. */
    private record Shown(Scene scene, Way way) {

        AtOnce.Step comparing(Ending ending) {
            return () -> scene.play(ending, way, PAIRS, (ofBlocked, ofOrdinary, pair) -> {
                var answer = ofBlocked.ask(pair.blocked().checkOut(UUID.randomUUID()));
                same(way.name(), answer, ofOrdinary.ask(pair.ordinary().checkOut(UUID.randomUUID())));
                assertThat(answer.isRedirect()).isTrue();
            });
        }
    }

    private static Stream<Shown> shown(URI server, Stream<Way> ways) throws Exception {
        var scenes = List.of(guests(server), customers(server));
        return ways.flatMap(way ->
                scenes.stream().filter(scene -> way.suits(scene.blocked())).map(scene -> new Shown(scene, way)));
    }

    private static Scene guests(URI server) throws Exception {
        return new Scene(theatre, server, house, Person.blockedGuest(theatre), Person.guest());
    }

    private static Scene customers(URI server) throws Exception {
        return new Scene(theatre, server, house, Person.blockedCustomer(theatre), Person.customer(theatre));
    }

    private static String partnersToken() {
        var secret = Awaited.of(theatre.server().bean(ApiClients.class).create("corner-shop", Set.of("partner")));
        Theatre.execute(theatre.db(), "update api_client set allotted_all = true where client_id = 'corner-shop'");
        return AccessTokens.clientCredentials(theatre.address(), "corner-shop", secret)
                .get();
    }
}
