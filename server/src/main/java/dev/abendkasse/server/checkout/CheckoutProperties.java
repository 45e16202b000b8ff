package dev.abendkasse.server.checkout;

import dev.abendkasse.server.checkout.domain.CheckoutPolicy;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of checkout.
 *
 * @param caseTime how long an order over the limit holds its seats
 * @param technicalTime how long an order holds its seats because an upstream is down
 * @param beforeShow how long before the performance nothing is held unpaid any more
 */
@ConfigurationProperties("abendkasse.checkout")
public record CheckoutProperties(
        @DefaultValue("3d") Duration caseTime,
        @DefaultValue("24h") Duration technicalTime,
        @DefaultValue("1h") Duration beforeShow) {

    public CheckoutProperties {
        if (caseTime.isNegative() || technicalTime.isNegative() || beforeShow.isNegative()) {
            throw new IllegalArgumentException("abendkasse.checkout times must not be negative");
        }
    }

    /** @param creditLimit in minor units, for customers without a limit of their own */
    CheckoutPolicy policy(long creditLimit) {
        return new CheckoutPolicy(creditLimit, caseTime, technicalTime, beforeShow);
    }
}
