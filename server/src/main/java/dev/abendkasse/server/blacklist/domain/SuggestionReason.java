package dev.abendkasse.server.blacklist.domain;

/**
 * One rule, and what was found.
 *
 * @param threshold how much the rule asks for at least
 */
public record SuggestionReason(Rule rule, int found, int threshold) {

    public enum Rule {
        /** Purchases with at least one fact: several facts of one purchase are one mishap. */
        FACTS,
        /** Purchases that were seen at all: who has bought twice has no habits. */
        PURCHASES,
        /** Of a hundred purchases, how many have a fact: who buys much gives much back. */
        SHARE_PERCENT
    }

    public boolean isMet() {
        return found >= threshold;
    }
}
