package dev.abendkasse.server.shared;

/** How a purchase can be paid. */
public enum PurchaseMethod {
    CARD(true),
    PAYPAL(true),
    SEPA_DEBIT(true),
    INVOICE(false),
    PAY_LATER(false),
    BANK_TRANSFER(false);

    private final boolean throughProvider;

    PurchaseMethod(boolean throughProvider) {
        this.throughProvider = throughProvider;
    }

    /** Whether the payment provider takes the money. */
    public boolean isThroughProvider() {
        return throughProvider;
    }
}
