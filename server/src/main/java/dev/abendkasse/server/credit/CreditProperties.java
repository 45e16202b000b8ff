package dev.abendkasse.server.credit;

import dev.abendkasse.server.shared.Money;
import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What everybody may owe who has no limit of their own.
 *
 * @param currency of all credit accounts
 */
@ConfigurationProperties("abendkasse")
public record CreditProperties(
        @DefaultValue("EUR") Currency currency,
        @DefaultValue Checkout checkout) {

    /** @param creditLimit in minor units */
    public record Checkout(@DefaultValue("50000") long creditLimit) {

        public Checkout {
            if (creditLimit < 0) {
                throw new IllegalArgumentException("abendkasse.checkout.credit-limit must not be negative");
            }
        }
    }

    public Money defaultLimit() {
        return new Money(checkout.creditLimit(), currency);
    }
}
