package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.blacklist.domain.SuggestionRules;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom staff are told about; see {@link SuggestionRules}.
 *
 * @param lateCancellation how long before the start of a performance hardly anybody can still buy what comes back
 * @param reconsider how long a buyer may think again without its being noted
 */
@ConfigurationProperties("abendkasse.blacklist.suggestions")
public record SuggestionProperties(
        @DefaultValue("365d") Duration window,
        @DefaultValue("3") int minFacts,
        @DefaultValue("5") int minPurchases,
        @DefaultValue("50") int minSharePercent,
        @DefaultValue("48h") Duration lateCancellation,
        @DefaultValue("1h") Duration reconsider) {

    private static final Duration LONGEST = Duration.ofDays(60);

    public SuggestionProperties {
        new SuggestionRules(window, minFacts, minPurchases, minSharePercent);
        check("late-cancellation", lateCancellation);
        check("reconsider", reconsider);
    }

    SuggestionRules rules() {
        return new SuggestionRules(window, minFacts, minPurchases, minSharePercent);
    }

    private static void check(String setting, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "abendkasse.blacklist.suggestions.%s must be 0 to 60 days".formatted(setting));
        }
    }
}
