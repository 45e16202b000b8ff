package dev.abendkasse.server.credit.domain;

import org.jspecify.annotations.Nullable;

/**
 * What customers see of their account. The names of the components are those that the database writes.
 *
 * @param requestCaseNumber of the request for another limit that is being looked at
 */
public record OwnCredit(CreditAccount account, @Nullable String requestCaseNumber) {}
