package dev.abendkasse.server.checkout;

import dev.abendkasse.server.checkout.domain.CheckoutPolicy;
import dev.abendkasse.server.shared.Money;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of checkout.
 *
 * @param caseTime how long an order over the limit holds its seats
 * @param technicalTime how long at most an order holds its seats because an upstream is down
 * @param technicalSeats how many seats at most a buyer has held so; one order at a time
 * @param beforeShow how long before the performance nothing is held unpaid any more
 */
@ConfigurationProperties("abendkasse.checkout")
public record CheckoutProperties(
        @DefaultValue("3d") Duration caseTime,
        @DefaultValue("24h") Duration technicalTime,
        @DefaultValue("8") int technicalSeats,
        @DefaultValue("1h") Duration beforeShow) {

    public CheckoutProperties {
        if (caseTime.isNegative() || technicalTime.isNegative() || beforeShow.isNegative()) {
            throw new IllegalArgumentException("abendkasse.checkout times must not be negative");
        }
        if (technicalSeats < 0) {
            throw new IllegalArgumentException("abendkasse.checkout.technical-seats must not be negative");
        }
    }

    /** @param creditLimit for customers without a limit of their own */
    CheckoutPolicy policy(Money creditLimit) {
        return new CheckoutPolicy(creditLimit, caseTime, technicalSeats, beforeShow);
    }
}
