package dev.abendkasse.server.checkout.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.checkout.domain.CheckoutDecision.AskForPayment;
import dev.abendkasse.server.checkout.domain.CheckoutDecision.Confirm;
import dev.abendkasse.server.checkout.domain.CheckoutDecision.RedirectSilently;
import dev.abendkasse.server.checkout.domain.CheckoutDecision.Refuse;
import dev.abendkasse.server.checkout.domain.CheckoutDecision.Reserve;
import dev.abendkasse.server.checkout.domain.CheckoutDecision.SendToReview;
import dev.abendkasse.server.checkout.domain.CheckoutFacts.Places;
import dev.abendkasse.server.checkout.domain.CheckoutFacts.Reservations;
import dev.abendkasse.server.checkout.domain.CheckoutFacts.Shop;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckoutDecisionTests {

    private static final Instant NOW = Instant.parse("2026-12-01T18:00:00Z");
    private static final Instant SHOW = NOW.plus(Duration.ofDays(30));
    private static final Buyer BUYER = new Buyer("buyer@example.org", "Example Buyer", null, null);
    private static final CheckoutPolicy POLICY =
            new CheckoutPolicy(Money.of(50_000, "EUR"), Duration.ofDays(3), 8, Duration.ofHours(1));

    @Test
    void blacklistedBuyerIsRedirectedEvenWhenNothingIsDue() {
        assertThat(decide(cart().blacklisted().total(0), null)).isInstanceOf(RedirectSilently.class);
    }

    @Test
    void blacklistedBuyerOverTheLimitNeverSeesACase() {
        assertThat(decide(cart().blacklisted().customer(50_000L).total(5_000), PurchaseMethod.INVOICE))
                .isInstanceOf(RedirectSilently.class);
    }

    @Test
    void c11WhoWaitsForTheProviderKeepsTheNextCartUntilItIsBack() {
        var unavailable = new Refuse(ProblemType.UNAVAILABLE);

        assertThat(decide(cart().providerDown(1), PurchaseMethod.CARD)).isEqualTo(unavailable);
        assertThat(decide(cart().providerDown(0).items(9), PurchaseMethod.CARD)).isEqualTo(unavailable);
        assertThat(decide(cart().providerDown(0).items(8), PurchaseMethod.CARD)).isInstanceOf(AskForPayment.class);
        assertThat(decide(cart().technicalCase().items(9), PurchaseMethod.CARD)).isInstanceOf(AskForPayment.class);
        assertThat(decide(cart().providerDown(1).total(0), null)).isInstanceOf(Confirm.class);
        assertThat(decide(cart().providerDown(1), PurchaseMethod.PAY_LATER)).isInstanceOf(Reserve.class);
        assertThat(decide(cart().blacklisted().providerDown(1), PurchaseMethod.CARD))
                .isInstanceOf(RedirectSilently.class);
    }

    @Test
    void closedCartAndLostSeatsAreRedirectedBeforeAnythingElseIsSaid() {
        assertThat(decide(cart().closed(), null)).isInstanceOf(RedirectSilently.class);
        assertThat(decide(cart().lost(), null)).isInstanceOf(RedirectSilently.class);
    }

    @Test
    void freeCartIsConfirmedWhateverTheMethod() {
        assertThat(decide(cart().total(0), null)).isEqualTo(new Confirm(false));
        assertThat(decide(cart().total(0), PurchaseMethod.CARD)).isEqualTo(new Confirm(false));
    }

    @ParameterizedTest
    @EnumSource(
            value = PurchaseMethod.class,
            names = {"CARD", "PAYPAL", "SEPA_DEBIT"})
    void providersMethodsAskForPaymentWithinThePaymentTime(PurchaseMethod method) {
        assertThat(decide(cart(), method)).isEqualTo(new AskForPayment(NOW.plusSeconds(1800)));
    }

    @Test
    void nobodyIsGivenTimeToPayUntilAfterTheShowHasBegunButAQuarterOfAnHourInAnyCase() {
        var soon = NOW.plus(Duration.ofMinutes(20));
        assertThat(decide(cart().show(soon), PurchaseMethod.CARD)).isEqualTo(new AskForPayment(soon));
        assertThat(decide(cart().show(NOW.minus(Duration.ofMinutes(5))), PurchaseMethod.CARD))
                .isEqualTo(new AskForPayment(NOW.plus(Duration.ofMinutes(15))));
    }

    @ParameterizedTest
    @EnumSource(
            value = PurchaseMethod.class,
            names = {"INVOICE", "PAY_LATER", "BANK_TRANSFER"})
    void c6WhatIsInAnotherCurrencyThanTheLimitIsForPeopleHoweverLittleItIs(PurchaseMethod method) {
        assertThat(decide(cart().customer(0L).total(1).inFrancs(), method)).isInstanceOf(SendToReview.class);
        assertThat(decide(cart().customer(0L).total(1), method)).isNotInstanceOf(SendToReview.class);
    }

    @Test
    void c10CustomerAtExactlyTheLimitIsConfirmedOnAccount() {
        assertThat(decide(cart().customer(45_000L), PurchaseMethod.INVOICE)).isEqualTo(new Confirm(true));
    }

    @Test
    void customerOneCentOverTheLimitIsReviewedForThreeDays() {
        assertThat(decide(cart().customer(45_001L), PurchaseMethod.INVOICE))
                .isEqualTo(new SendToReview(NOW.plus(Duration.ofDays(3))));
    }

    @Test
    void ownLimitReplacesTheDefault() {
        assertThat(decide(cart().customer(0L).limit(4_999), PurchaseMethod.INVOICE))
                .isInstanceOf(SendToReview.class);
    }

    @Test
    void guestCannotBuyOnAccount() {
        assertThat(decide(cart(), PurchaseMethod.INVOICE))
                .isEqualTo(new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE));
    }

    @Test
    void customerReservesAsOftenAndAsMuchAsTheShopAllows() {
        assertThat(decide(cart().customer(0L).reservations(2), PurchaseMethod.PAY_LATER))
                .isInstanceOf(Reserve.class);
        assertThat(decide(cart().customer(0L).reservations(3), PurchaseMethod.PAY_LATER))
                .isInstanceOf(SendToReview.class);
        assertThat(decide(cart().customer(0L).reservations(2).atMost(9_000).total(5_000), PurchaseMethod.PAY_LATER))
                .isInstanceOf(Reserve.class);
        assertThat(decide(cart().customer(0L).reservations(2).atMost(9_000).total(5_001), PurchaseMethod.PAY_LATER))
                .isInstanceOf(SendToReview.class);
    }

    @Test
    void guestReservesOnceUpToAHundred() {
        assertThat(decide(cart().total(10_000), PurchaseMethod.PAY_LATER)).isInstanceOf(Reserve.class);
        assertThat(decide(cart().total(10_001), PurchaseMethod.PAY_LATER)).isInstanceOf(SendToReview.class);
        assertThat(decide(cart().reservations(1), PurchaseMethod.PAY_LATER)).isInstanceOf(SendToReview.class);
    }

    @Test
    void guestWithAnOpenCaseGetsNoSecondOne() {
        assertThat(decide(cart().reservations(1).cases(1), PurchaseMethod.PAY_LATER))
                .isEqualTo(new Refuse(ProblemType.UNAVAILABLE));
    }

    @Test
    void customersReservationCountsAgainstTheLimit() {
        assertThat(decide(cart().customer(45_000L), PurchaseMethod.PAY_LATER)).isInstanceOf(Reserve.class);
        assertThat(decide(cart().customer(45_001L), PurchaseMethod.PAY_LATER)).isInstanceOf(SendToReview.class);
    }

    @Test
    void reservationEndsAnHourBeforeTheShowAtTheLatest() {
        var show = NOW.plus(Duration.ofDays(2));
        assertThat(decide(cart().show(show), PurchaseMethod.PAY_LATER))
                .isEqualTo(new Reserve(show.minus(Duration.ofHours(1)), Duration.ZERO));
    }

    @Test
    void nothingIsReservedWithinAnHourOfTheShow() {
        assertThat(decide(cart().show(NOW.plus(Duration.ofMinutes(60))), PurchaseMethod.PAY_LATER))
                .isEqualTo(new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE));
    }

    @Test
    void d16TransferHasItsOwnDeadlineAndItsSeatsAreHeldLongerThanItsBuyerIsTold() {
        assertThat(decide(cart(), PurchaseMethod.BANK_TRANSFER))
                .isEqualTo(new Reserve(NOW.plus(Duration.ofDays(5)), Duration.ofDays(2)));
    }

    @Test
    void d16GraceOfATransferIsOverAnHourBeforeTheShow() {
        var show = NOW.plus(Duration.ofDays(4));
        assertThat(decide(cart().show(show), PurchaseMethod.BANK_TRANSFER))
                .isEqualTo(new Reserve(NOW.plus(Duration.ofHours(47)), Duration.ofDays(2)));
    }

    @Test
    void transferIsNotOfferedWhenThereIsNoTimeLeftForIt() {
        var last = NOW.plus(Duration.ofHours(49));
        assertThat(decide(cart().show(last), PurchaseMethod.BANK_TRANSFER))
                .isEqualTo(new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE));
        assertThat(decide(cart().show(last.plusSeconds(1)), PurchaseMethod.BANK_TRANSFER))
                .isEqualTo(new Reserve(NOW.plusSeconds(1), Duration.ofDays(2)));
    }

    @Test
    void transferCountsLikeAReservation() {
        assertThat(decide(cart().customer(45_000L), PurchaseMethod.BANK_TRANSFER))
                .isInstanceOf(Reserve.class);
        assertThat(decide(cart().customer(45_001L), PurchaseMethod.BANK_TRANSFER))
                .isInstanceOf(SendToReview.class);
        assertThat(decide(cart().total(10_000), PurchaseMethod.BANK_TRANSFER)).isInstanceOf(Reserve.class);
        assertThat(decide(cart().total(10_001), PurchaseMethod.BANK_TRANSFER)).isInstanceOf(SendToReview.class);
        assertThat(decide(cart().reservations(1), PurchaseMethod.BANK_TRANSFER)).isInstanceOf(SendToReview.class);
        assertThat(decide(cart().reservations(1).cases(1), PurchaseMethod.BANK_TRANSFER))
                .isEqualTo(new Refuse(ProblemType.UNAVAILABLE));
    }

    @Test
    void reviewNeverLastsIntoTheShow() {
        assertThat(decide(cart().customer(50_000L).show(NOW.plus(Duration.ofMinutes(10))), PurchaseMethod.INVOICE))
                .isEqualTo(new SendToReview(NOW.plus(Duration.ofMinutes(10))));
    }

    @Test
    void methodThatTheShopDoesNotOfferIsRefused() {
        assertThat(decide(cart().offering("CARD"), PurchaseMethod.PAYPAL))
                .isEqualTo(new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE));
        assertThat(decide(cart(), null)).isEqualTo(new Refuse(ProblemType.PAYMENT_METHOD_NOT_AVAILABLE));
    }

    @Test
    void emptyCartAndMissingBuyerAreRefused() {
        assertThat(decide(cart().empty(), null)).isEqualTo(new Refuse(ProblemType.CART_EMPTY));
        assertThat(decide(cart().noBuyer(), PurchaseMethod.CARD)).isEqualTo(new Refuse(ProblemType.BUYER_MISSING));
    }

    @Test
    void returnAddressMustBelongToARegisteredFrontEnd() {
        assertThat(decideReturning("https://shop.example.org/thanks?x=1")).isInstanceOf(AskForPayment.class);
        assertThat(decideReturning("https://SHOP.example.org/thanks")).isInstanceOf(AskForPayment.class);
        assertThat(decideReturning("https://shop.example.org:443/thanks")).isInstanceOf(AskForPayment.class);
        for (var other : List.of(
                "https://shop.example.org.evil.example/",
                "http://shop.example.org/",
                "https://shop.example.org:444/",
                "https://shop.example.org@evil.example/",
                "mailto:shop@example.org")) {
            assertThat(decideReturning(other)).isEqualTo(new Refuse(ProblemType.RETURN_URL_NOT_ALLOWED));
        }
    }

    private static CheckoutDecision decideReturning(String url) {
        return CheckoutDecision.on(
                cart().facts(), new CheckoutRequest(PurchaseMethod.CARD, BUYER, URI.create(url)), POLICY);
    }

    private static CheckoutDecision decide(Scene scene, PurchaseMethod method) {
        return CheckoutDecision.on(scene.facts(), new CheckoutRequest(method, null, null), POLICY);
    }

    private static Scene cart() {
        return new Scene();
    }

    /** A guest's open cart of 50.00, to be changed as a test needs it. */
    private static final class Scene {
        private boolean blacklisted;
        private boolean open = true;
        private long held = 1;
        private long items = 1;
        private long total = 5_000;
        private Instant show = SHOW;
        private UUID customer;
        private Buyer buyer = BUYER;
        private Long limit;
        private Long exposure;
        private String currency = "EUR";
        private long reservations;
        private @Nullable Long most;
        private long cases;
        private boolean down;
        private long technicalCases;
        private List<String> methods = List.of("CARD", "PAYPAL", "SEPA_DEBIT", "INVOICE", "PAY_LATER", "BANK_TRANSFER");

        Scene inFrancs() {
            currency = "CHF";
            return this;
        }

        Scene blacklisted() {
            blacklisted = true;
            return this;
        }

        Scene closed() {
            open = false;
            return this;
        }

        Scene lost() {
            held = 0;
            return this;
        }

        Scene empty() {
            held = 0;
            items = 0;
            return this;
        }

        Scene noBuyer() {
            buyer = null;
            return this;
        }

        Scene total(long amount) {
            total = amount;
            return this;
        }

        Scene show(Instant start) {
            show = start;
            return this;
        }

        Scene customer(Long owes) {
            customer = UUID.randomUUID();
            exposure = owes;
            return this;
        }

        Scene limit(long amount) {
            limit = amount;
            return this;
        }

        Scene reservations(long count) {
            reservations = count;
            return this;
        }

        Scene atMost(long amount) {
            most = amount;
            return this;
        }

        Scene cases(long count) {
            cases = count;
            return this;
        }

        Scene items(long count) {
            held = count;
            items = count;
            return this;
        }

        Scene providerDown(long casesOfThis) {
            down = true;
            technicalCases = casesOfThis;
            return this;
        }

        /** From the last time that the provider was down. */
        Scene technicalCase() {
            technicalCases = 1;
            return this;
        }

        Scene offering(String... names) {
            methods = List.of(names);
            return this;
        }

        CheckoutFacts facts() {
            return new CheckoutFacts(
                    blacklisted,
                    open,
                    new Places(held, items, total, currency, show),
                    customer,
                    "aa",
                    buyer,
                    limit,
                    exposure,
                    new Reservations(reservations, 2_000 * reservations),
                    cases,
                    down,
                    technicalCases,
                    new Shop(
                            "https://shop.example.org/events",
                            List.of("https://shop.example.org"),
                            methods,
                            1800,
                            604_800,
                            432_000,
                            172_800,
                            customer == null ? 1 : 3,
                            customer == null ? Long.valueOf(10_000) : most),
                    NOW);
        }
    }
}
