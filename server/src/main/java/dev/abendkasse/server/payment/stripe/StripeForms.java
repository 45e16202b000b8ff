package dev.abendkasse.server.payment.stripe;

import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.OpenRefund;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** What Stripe is sent, written with its library's parameters so that the compiler knows their names. */
final class StripeForms {

    /** Under which of our names things are found again in what Stripe tells. */
    static final String PAYMENT = "payment_id";

    static final String REFUND = "refund_id";

    private static final long REFUNDS = 100;
    private static final int LONGEST_SUFFIX = 10;

    private StripeForms() {}

    static Map<String, Object> intent(OpenPayment payment) {
        var form = PaymentIntentCreateParams.builder()
                .setAmount(payment.amount().amount())
                .setCurrency(currency(payment.amount().currency()))
                .addPaymentMethodType(type(payment.method()))
                .setDescription(payment.reference())
                .putMetadata(PAYMENT, payment.payment().value().toString());
        var suffix = "NR " + payment.reference();
        if (payment.method().equals("CARD") && suffix.length() <= LONGEST_SUFFIX) {
            form.setStatementDescriptorSuffix(suffix);
        }
        return form.build().toMap();
    }

    static Map<String, Object> refund(OpenRefund refund) {
        return RefundCreateParams.builder()
                .setPaymentIntent(refund.reference())
                .setAmount(refund.amount().amount())
                .putMetadata(PAYMENT, refund.payment().value().toString())
                .putMetadata(REFUND, refund.refund().toString())
                .build()
                .toMap();
    }

    static Map<String, Object> refundsOf(String intent) {
        return RefundListParams.builder()
                .setPaymentIntent(intent)
                .setLimit(REFUNDS)
                .build()
                .toMap();
    }

    private static String currency(Currency currency) {
        return currency.getCurrencyCode().toLowerCase(Locale.ROOT);
    }

    private static String type(String method) {
        return switch (method) {
            case "CARD" -> "card";
            case "PAYPAL" -> "paypal";
            case "SEPA_DEBIT" -> "sepa_debit";
            default -> throw new IllegalArgumentException("Stripe is not asked for " + method);
        };
    }
}
