package dev.abendkasse.server.security;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signing in.
 *
 * @param firstAdminPassword the password of the account {@code admin}, made when there is no staff account yet
 * @param newAdminPassword sets the password of {@code admin} anew at the next start; for those who have lost it
 * @param issuer the name of the built-in issuer, the same on every replica
 * @param customerTokenLifetime how long a customer's access token lives
 * @param tokenLifetime how long other access tokens live
 * @param signInSlot logins and registrations answer at the next boundary of this slot
 * @param signInsPerMinute how often a minute one address may try one account; others are not locked out by it
 * @param secretsPerMinute how often a minute one session may be renewed or ended, one link be redeemed, and one address try secrets that were
 *     not made here
 * @param passwordThreads how many passwords are hashed at once
 * @param passwordQueue how many more may wait before the next is refused
 * @param origins origins of front ends that browsers may call from, besides those of the shops
 */
@ConfigurationProperties("abendkasse.security")
public record SecurityProperties(
        @Nullable String firstAdminPassword,
        @Nullable String newAdminPassword,
        @DefaultValue("abendkasse") String issuer,
        @DefaultValue("15m") Duration customerTokenLifetime,
        @DefaultValue("60m") Duration tokenLifetime,
        @DefaultValue("1s") Duration signInSlot,
        @DefaultValue("10") int signInsPerMinute,
        @DefaultValue("60") int secretsPerMinute,
        @DefaultValue("2") int passwordThreads,
        @DefaultValue("30") int passwordQueue,
        @DefaultValue List<String> origins) {}
