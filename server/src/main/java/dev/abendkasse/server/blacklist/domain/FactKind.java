package dev.abendkasse.server.blacklist.domain;

/** What can count against a buyer. Names are those of the view suggestion_fact. */
public enum FactKind {
    BUYER_REFUND,
    DISPUTE_LOST,
    LATE_CANCELLATION
}
