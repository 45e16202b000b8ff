package dev.abendkasse.server.migration.csv;

import java.util.List;
import java.util.Set;

/** What a file of customers can say. */
public final class ImportColumns {

    public static final List<String> ALL = List.of(
            "customerNumber",
            "email",
            "userName",
            "name",
            "firstName",
            "lastName",
            "phone",
            "language",
            "passwordFormat",
            "passwordHash",
            "passwordSalt",
            "passwordParameters",
            "passwordChangedAt",
            "registeredAt",
            "changedAt",
            "emailProvenAt",
            "locked",
            "creditLimit",
            "blacklistReason",
            "blacklistSince",
            "newsletterConsentAt",
            "newsletterConsentFrom",
            "newsletterConsentWording",
            "newsletterWithdrawnAt",
            "formerEmails");

    /** What goes into no file that somebody takes out, and stands nowhere in clear. */
    public static final Set<String> SECRET = Set.of("passwordHash", "passwordSalt", "passwordParameters");

    private ImportColumns() {}
}
