package dev.abendkasse.server.blacklist.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.abendkasse.server.blacklist.domain.SuggestionReason.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionRulesTests {

    private static final Duration YEAR = Duration.ofDays(365);

    private final SuggestionRules rules = new SuggestionRules(YEAR, 3, 5, 50);

    @ParameterizedTest
    @CsvSource({
        "2, 2, false",
        "2, 5, false",
        "3, 3, false",
        "4, 4, false",
        "3, 5, true",
        "3, 6, true",
        "3, 7, false",
        "50, 100, true",
        "49, 100, false",
        "0, 0, false",
        "0, 100, false"
    })
    void b9OnlyEnoughFactsAmongEnoughPurchasesAndALargeShareOfThemAreAReason(
            int conspicuous, int purchases, boolean suggested) {
        assertThat(rules.suggest(person(conspicuous, purchases))).isEqualTo(suggested);
    }

    @Test
    void eachRuleSaysWhatItHasFoundAndWhatItAsksFor() {
        assertThat(rules.suggestion(person(3, 4)).reasons())
                .containsExactly(
                        new SuggestionReason(Rule.FACTS, 3, 3),
                        new SuggestionReason(Rule.PURCHASES, 4, 5),
                        new SuggestionReason(Rule.SHARE_PERCENT, 75, 50));
    }

    @Test
    void shareIsRoundedInFavourOfThePerson() {
        var twoThirds = new SuggestionRules(YEAR, 2, 3, 67);

        assertThat(twoThirds.reasons(2, 3).getLast()).isEqualTo(new SuggestionReason(Rule.SHARE_PERCENT, 66, 67));
        assertThat(twoThirds.suggest(person(2, 3))).isFalse();
    }

    @Test
    void b9NoSettingMakesAHabitOfTwoPurchases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionRules(YEAR, 1, 5, 50))
                .withMessageContaining("abendkasse.blacklist.suggestions.min-facts must be 2 to 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionRules(YEAR, 2, 2, 50))
                .withMessageContaining("min-purchases");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionRules(YEAR, 2, 3, 0))
                .withMessageContaining("min-share-percent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionRules(Duration.ZERO, 2, 3, 50))
                .withMessageContaining("window");
    }

    private static Candidate person(int conspicuous, int purchases) {
        return new Candidate(
                UUID.randomUUID(),
                1,
                null,
                null,
                null,
                Instant.EPOCH,
                conspicuous,
                purchases,
                List.of(),
                Instant.EPOCH);
    }
}
