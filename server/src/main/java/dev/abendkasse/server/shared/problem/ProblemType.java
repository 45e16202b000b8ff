package dev.abendkasse.server.shared.problem;

import java.net.URI;

/** Every problem the API can answer with: one stable code, one status. The contract lists the same codes. */
public enum ProblemType {
    CLERK_REQUIRED("clerk-required", 400),
    INVALID_REQUEST("invalid-request", 400),
    MALFORMED_REQUEST("malformed-request", 400),
    LOGIN_FAILED("login-failed", 401),
    SIGNATURE_INVALID("signature-invalid", 401),
    UNAUTHORIZED("unauthorized", 401),
    FORBIDDEN("forbidden", 403),
    API_CLIENT_NOT_FOUND("api-client-not-found", 404),
    BANK_LINE_NOT_FOUND("bank-line-not-found", 404),
    BANK_STATEMENT_NOT_FOUND("bank-statement-not-found", 404),
    BLACKLIST_ENTRY_NOT_FOUND("blacklist-entry-not-found", 404),
    BLACKLIST_SUGGESTION_NOT_FOUND("blacklist-suggestion-not-found", 404),
    CART_NOT_FOUND("cart-not-found", 404),
    CASE_NOT_FOUND("case-not-found", 404),
    CUSTOMER_NOT_FOUND("customer-not-found", 404),
    EVENT_NOT_FOUND("event-not-found", 404),
    HIJACK_NOT_FOUND("hijack-not-found", 404),
    INCIDENT_NOT_FOUND("incident-not-found", 404),
    INVOICE_NOT_FOUND("invoice-not-found", 404),
    ITEM_NOT_FOUND("item-not-found", 404),
    NOT_FOUND("not-found", 404),
    ORDER_NOT_FOUND("order-not-found", 404),
    OUTBOX_MESSAGE_NOT_FOUND("outbox-message-not-found", 404),
    PAYMENT_LINK_NOT_FOUND("payment-link-not-found", 404),
    PERFORMANCE_NOT_FOUND("performance-not-found", 404),
    REFUND_NOT_FOUND("refund-not-found", 404),
    SEATING_PLAN_NOT_FOUND("seating-plan-not-found", 404),
    SEAT_NOT_FOUND("seat-not-found", 404),
    SHOP_NOT_FOUND("shop-not-found", 404),
    STAFF_ACCOUNT_NOT_FOUND("staff-account-not-found", 404),
    TOKEN_KEY_NOT_FOUND("token-key-not-found", 404),
    WEBHOOK_DELIVERY_NOT_FOUND("webhook-delivery-not-found", 404),
    WEBHOOK_NOT_FOUND("webhook-not-found", 404),
    METHOD_NOT_ALLOWED("method-not-allowed", 405),
    NOT_ACCEPTABLE("not-acceptable", 406),
    ACCOUNT_ENDED("account-ended", 409),
    ACCOUNT_LOCKED("account-locked", 409),
    ALREADY_DECIDED("already-decided", 409),
    ALREADY_EXISTS("already-exists", 409),
    AMOUNT_DIFFERS("amount-differs", 409),
    BANK_LINE_DONE("bank-line-done", 409),
    BLACKLIST_ENTRY_LIFTED("blacklist-entry-lifted", 409),
    CART_CHECKED_OUT("cart-checked-out", 409),
    CART_CLOSED("cart-closed", 409),
    CART_FULL("cart-full", 409),
    CART_HIJACKED("cart-hijacked", 409),
    CART_OPEN("cart-open", 409),
    CASE_ENDED("case-ended", 409),
    CASE_KIND_CONFLICT("case-kind-conflict", 409),
    CASE_NOT_WAITING("case-not-waiting", 409),
    CASE_OPEN("case-open", 409),
    CASE_PAGE_MISSING("case-page-missing", 409),
    CHANGE_IN_PROGRESS("change-in-progress", 409),
    CLAIM_NEEDED("claim-needed", 409),
    CLAIM_NOT_NEEDED("claim-not-needed", 409),
    DEADLINE_SHORTENED("deadline-shortened", 409),
    ERASURE_OBSTRUCTED("erasure-obstructed", 409),
    HAS_PAYMENTS("has-payments", 409),
    HELD_BY_CLERK("held-by-clerk", 409),
    INCIDENT_NOT_OVER("incident-not-over", 409),
    LEASE_LOST("lease-lost", 409),
    LAST_ADMIN("last-admin", 409),
    LIMIT_REQUEST_OPEN("limit-request-open", 409),
    MAIL_SENT_BEFORE("mail-sent-before", 409),
    MERGE_CONFLICT("merge-conflict", 409),
    NOT_ENOUGH_SEATS("not-enough-seats", 409),
    NOT_ON_SALE("not-on-sale", 409),
    NO_TICKETS("no-tickets", 409),
    ORDERS_UNDECIDED("orders-undecided", 409),
    ORDER_STATE_CONFLICT("order-state-conflict", 409),
    OUTBOX_MESSAGE_STATE_CONFLICT("outbox-message-state-conflict", 409),
    OVER_LIMIT("over-limit", 409),
    PAYMENT_IN_PROGRESS("payment-in-progress", 409),
    PAYMENT_LINK_TOO_LATE("payment-link-too-late", 409),
    PAYMENT_PAGE_MISSING("payment-page-missing", 409),
    PERFORMANCE_CANCELLED("performance-cancelled", 409),
    PERFORMANCE_IN_USE("performance-in-use", 409),
    PURCHASE_CHANGED("purchase-changed", 409),
    REASON_REQUIRED("reason-required", 409),
    REFUND_IN_PROGRESS("refund-in-progress", 409),
    REFUND_NOT_ALLOWED("refund-not-allowed", 409),
    REQUEST_IN_PROGRESS("request-in-progress", 409),
    SEATS_TAKEN("seats-taken", 409),
    WEBHOOK_INACTIVE("webhook-inactive", 409),
    HIJACK_LAPSED("hijack-lapsed", 410),
    PAYMENT_LINK_GONE("payment-link-gone", 410),
    PAYMENT_LINK_PAID("payment-link-paid", 410),
    CART_CHANGED("cart-changed", 412),
    VERSION_CONFLICT("version-conflict", 412),
    CONTENT_TOO_LARGE("content-too-large", 413),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415),
    BANK_LINE_UNMATCHED("bank-line-unmatched", 422),
    BANK_STATEMENT_INVALID("bank-statement-invalid", 422),
    BLACKLIST_FILE_INVALID("blacklist-file-invalid", 422),
    BUYER_MISSING("buyer-missing", 422),
    CART_EMPTY("cart-empty", 422),
    CASE_NUMBER_INVALID("case-number-invalid", 422),
    CONTACT_MISSING("contact-missing", 422),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422),
    ORDER_EMPTY("order-empty", 422),
    PASSWORD_WRONG("password-wrong", 422),
    PAYMENT_METHOD_NOT_AVAILABLE("payment-method-not-available", 422),
    PAY_UNTIL_INVALID("pay-until-invalid", 422),
    PROGRAMME_INVALID("programme-invalid", 422),
    REFUND_TOO_HIGH("refund-too-high", 422),
    RETURN_URL_NOT_ALLOWED("return-url-not-allowed", 422),
    SEATING_PLAN_INVALID("seating-plan-invalid", 422),
    STAFF_UNKNOWN("staff-unknown", 422),
    TENDERED_TOO_LOW("tendered-too-low", 422),
    UNKNOWN_CATEGORY("unknown-category", 422),
    UNKNOWN_PRICE_TYPE("unknown-price-type", 422),
    UNKNOWN_SEAT("unknown-seat", 422),
    WEBHOOK_URL_NOT_ALLOWED("webhook-url-not-allowed", 422),
    PRECONDITION_REQUIRED("precondition-required", 428),
    TOO_MANY_REQUESTS("too-many-requests", 429),
    INTERNAL_ERROR("internal-error", 500),
    UNAVAILABLE("unavailable", 503);

    private final String code;
    private final int status;

    ProblemType(String code, int status) {
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public URI uri() {
        return URI.create("/problems/" + code);
    }

    public int status() {
        return status;
    }
}
