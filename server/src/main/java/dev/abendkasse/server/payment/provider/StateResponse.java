package dev.abendkasse.server.payment.provider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.ProviderStanding;
import dev.abendkasse.server.shared.Money;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a payment stands: nothing in it is taken on trust. */
@JsonIgnoreProperties(ignoreUnknown = true)
record StateResponse(
        @Nullable String reference,
        @Nullable String state,
        @Nullable Long amount,
        @Nullable String currency) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    /**
     * Empty while the payment waits for its buyer.
     *
     * @throws IllegalArgumentException if something is missing or not what it should be
     */
    Optional<ProviderStanding> toStanding() {
        if (reference == null || state == null || amount == null || amount < 0 || currency == null) {
            throw new IllegalArgumentException("The payment provider's answer lacks something");
        }
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("The payment provider's answer is not usable");
        }
        var money = Money.of(amount, currency);
        return kind().map(known -> new ProviderStanding(known, money, reference));
    }

    private Optional<PaymentFact.Kind> kind() {
        return switch (String.valueOf(state)) {
            case "OPEN" -> Optional.empty();
            case "PROCESSING" -> Optional.of(PaymentFact.Kind.PROCESSING);
            case "SUCCEEDED" -> Optional.of(PaymentFact.Kind.SUCCEEDED);
            case "FAILED" -> Optional.of(PaymentFact.Kind.FAILED);
            case "CANCELLED" -> Optional.of(PaymentFact.Kind.CANCELLED);
            default -> throw new IllegalArgumentException("The payment provider's state is unknown");
        };
    }
}
