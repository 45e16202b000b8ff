package dev.abendkasse.server.newsletter.domain;

/** What a customer has said about the newsletter. */
public enum NewsletterState {
    NONE,
    /** Has asked, and has not yet followed the link that was mailed. */
    REQUESTED,
    SUBSCRIBED,
    WITHDRAWN
}
