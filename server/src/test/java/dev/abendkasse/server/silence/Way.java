package dev.abendkasse.server.silence;

import java.util.stream.Stream;

/** What is bought, and how it is asked for. With an open cart an ordinary buyer gets something else each time. */
enum Way {
    CARD(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"CARD\""),
    PAYPAL(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"PAYPAL\""),
    SEPA_DEBIT(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"SEPA_DEBIT\""),
    INVOICE(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"INVOICE\""),
    PAY_LATER(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"PAY_LATER\""),
    BANK_TRANSFER(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"BANK_TRANSFER\""),
    STANDING(1, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"CARD\""),
    NOTHING_TO_PAY(1, "gift", Naming.AT_CHECKOUT, ""),
    WITH_RETURN_URL(
            1,
            "full",
            Naming.AT_CHECKOUT,
            "\"paymentMethod\":\"CARD\",\"returnUrl\":\"https://shop.example.org/thanks\""),
    BUYER_KNOWN_BEFORE(2, "reduced", Naming.BEFORE, "\"paymentMethod\":\"CARD\""),
    EIGHT_SEATS(8, "reduced", Naming.AT_CHECKOUT, "\"paymentMethod\":\"CARD\""),
    OVER_THE_LIMIT_BY_INVOICE(2, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"INVOICE\""),
    OVER_THE_LIMIT_UNPAID(4, "full", Naming.AT_CHECKOUT, "\"paymentMethod\":\"PAY_LATER\""),
    NO_METHOD(1, "full", Naming.AT_CHECKOUT, ""),
    FOREIGN_RETURN_URL(
            1,
            "full",
            Naming.AT_CHECKOUT,
            "\"paymentMethod\":\"CARD\",\"returnUrl\":\"https://elsewhere.example.org/\""),
    NOBODY_NAMED(1, "full", Naming.NOWHERE, "\"paymentMethod\":\"CARD\"");

    /** When the buyer is named. */
    enum Naming {
        BEFORE,
        AT_CHECKOUT,
        NOWHERE
    }

    private final int seats;
    private final String priceType;
    private final Naming naming;
    private final String members;

    Way(int seats, String priceType, Naming naming, String members) {
        this.seats = seats;
        this.priceType = priceType;
        this.naming = naming;
        this.members = members;
    }

    static Stream<Way> throughTheProvider() {
        return Stream.of(CARD, PAYPAL, SEPA_DEBIT);
    }

    int seats() {
        return seats;
    }

    String priceType() {
        return priceType;
    }

    /** Whether it is a place of general admission. */
    boolean isStanding() {
        return this == STANDING;
    }

    /** Whether the person is named in the cart before the checkout. */
    boolean namesBefore() {
        return naming == Naming.BEFORE;
    }

    /** Whether it can be known at all who such a person is. */
    boolean suits(Person person) {
        return naming != Naming.NOWHERE || person.hasAccount();
    }

    String body(Person person) {
        var buyer = naming == Naming.AT_CHECKOUT ? "\"buyer\":" + person.asBuyer() : "";
        return "{" + members + (members.isEmpty() || buyer.isEmpty() ? "" : ",") + buyer + "}";
    }
}
