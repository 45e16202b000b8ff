package dev.abendkasse.server.migration.formershop;

/** What a former shop says of a customer, as an import names it. */
public enum Column {
    CUSTOMER_NUMBER("customerNumber"),
    EMAIL("email"),
    USER_NAME("userName"),
    NAME("name"),
    FIRST_NAME("firstName"),
    LAST_NAME("lastName"),
    PHONE("phone"),
    LANGUAGE("language"),
    PASSWORD_FORMAT("passwordFormat"),
    PASSWORD_HASH("passwordHash"),
    PASSWORD_SALT("passwordSalt"),
    PASSWORD_PARAMETERS("passwordParameters"),
    PASSWORD_CHANGED_AT("passwordChangedAt"),
    REGISTERED_AT("registeredAt"),
    CHANGED_AT("changedAt"),
    EMAIL_PROVEN_AT("emailProvenAt"),
    LOCKED("locked"),
    CREDIT_LIMIT("creditLimit"),
    BLACKLIST_REASON("blacklistReason"),
    BLACKLIST_SINCE("blacklistSince"),
    NEWSLETTER_CONSENT_AT("newsletterConsentAt"),
    NEWSLETTER_CONSENT_FROM("newsletterConsentFrom"),
    NEWSLETTER_CONSENT_WORDING("newsletterConsentWording"),
    FORMER_EMAILS("formerEmails");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
