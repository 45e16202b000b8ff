package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.blacklist.domain.SuggestionReason.Rule;
import java.time.Duration;
import java.util.List;

/**
 * Whom staff are told about. All rules must be met, and each says what it has found. Nothing follows from them but that somebody
 * looks.
 *
 * @param window how far back facts and purchases count
 * @param minFacts how many purchases must have a fact
 * @param minPurchases how many purchases must have been seen
 * @param minSharePercent how many of a hundred of them must have a fact
 */
public record SuggestionRules(Duration window, int minFacts, int minPurchases, int minSharePercent) {

    private static final int MOST = 1000;
    private static final int ALL = 100;

    /** No setting makes a habit of two purchases. */
    private static final int LEAST_FACTS = 2;

    private static final int LEAST_PURCHASES = 3;

    public SuggestionRules {
        check("window", window.toDays(), 1, 3650);
        check("min-facts", minFacts, LEAST_FACTS, MOST);
        check("min-purchases", minPurchases, LEAST_PURCHASES, MOST);
        check("min-share-percent", minSharePercent, 1, ALL);
    }

    /** What each rule has found, met or not. */
    public List<SuggestionReason> reasons(int conspicuous, int purchases) {
        return List.of(
                new SuggestionReason(Rule.FACTS, conspicuous, minFacts),
                new SuggestionReason(Rule.PURCHASES, purchases, minPurchases),
                new SuggestionReason(Rule.SHARE_PERCENT, percent(conspicuous, purchases), minSharePercent));
    }

    /** Whether somebody should look. */
    public boolean suggest(Candidate candidate) {
        return reasons(candidate).stream().allMatch(SuggestionReason::isMet);
    }

    public Suggestion suggestion(Candidate candidate) {
        return new Suggestion(candidate, reasons(candidate));
    }

    private List<SuggestionReason> reasons(Candidate candidate) {
        return reasons(candidate.conspicuous(), candidate.purchases());
    }

    /** Rounded down, in favour of the person. */
    private static int percent(int part, int whole) {
        return whole == 0 ? 0 : (int) ((long) part * ALL / whole);
    }

    private static void check(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "abendkasse.blacklist.suggestions.%s must be %d to %d".formatted(setting, least, most));
        }
    }
}
