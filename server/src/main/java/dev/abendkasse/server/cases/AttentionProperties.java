package dev.abendkasse.server.cases;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From where on cases are conspicuous. The names of the components are those that R__3_cases.sql reads.
 *
 * @param overrunPercent how far an order passes the limit, in percent of the limit
 * @param amount what it comes to, in minor units
 * @param ordersPerDay how many orders the customer, or a guest with the address, has made in a day
 * @param accountDays accounts that are not that many days old are new
 * @param openCases how many other cases of the customer or guest are open
 * @param rejectedCases how many were rejected in a year
 */
@ConfigurationProperties("abendkasse.cases.attention")
public record AttentionProperties(
        @DefaultValue("50") int overrunPercent,
        @DefaultValue("100000") long amount,
        @DefaultValue("5") int ordersPerDay,
        @DefaultValue("30") int accountDays,
        @DefaultValue("1") int openCases,
        @DefaultValue("1") int rejectedCases) {

    public AttentionProperties {
        if (overrunPercent < 0
                || amount < 0
                || ordersPerDay < 0
                || accountDays < 0
                || openCases < 0
                || rejectedCases < 0) {
            throw new IllegalArgumentException("abendkasse.cases.attention thresholds must not be negative");
        }
    }
}
