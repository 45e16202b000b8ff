package dev.abendkasse.server.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.blacklist.domain.BlacklistDraft;
import dev.abendkasse.server.blacklist.domain.BlacklistPerson;
import dev.abendkasse.server.blacklist.domain.Candidate;
import dev.abendkasse.server.blacklist.domain.DismissalDraft;
import dev.abendkasse.server.blacklist.domain.DismissalResult;
import dev.abendkasse.server.blacklist.domain.DismissalResult.Dismissed;
import dev.abendkasse.server.blacklist.domain.DismissalResult.Refused;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clerks who decide at once, and facts that come while they do. */
class SuggestionRaceTests {

    private static final int ROUNDS = Scale.of(50);

    private static Theatre house;
    private static Theatre replica;

    private Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        house = Theatre.open();
        replica = house.replica(Map.of());
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        house.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(1);
    }

    @Test
    void ofManyWhoDismissAtOnceOneHasDecidedAndTheOthersFindNobody() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var person = suggested();
            var results = Collections.synchronizedList(new ArrayList<DismissalResult>());

            AtOnce.run(IntStream.range(0, 8)
                    .<AtOnce.Step>mapToObj(n -> () -> results.add(dismiss(n % 2 == 0 ? house : replica, person)))
                    .toArray(AtOnce.Step[]::new));

            assertThat(results)
                    .hasSize(8)
                    .filteredOn(Dismissed.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(Refused.class::isInstance)
                    .containsOnly(new Refused(ProblemType.BLACKLIST_SUGGESTION_NOT_FOUND));
            assertThat(dismissedFacts(person)).isEqualTo(3);
        }
    }

    @Test
    void factThatComesWhileSomebodyDecidesIsNeverDismissedUnseen() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var regular = Regular.guest(theatre).buys(2).givesBack(3);
            var later = regular.buys();
            var person = suggested(regular);
            var results = Collections.synchronizedList(new ArrayList<DismissalResult>());

            AtOnce.run(() -> results.add(dismiss(house, person)), () -> regular.refund(later, "BUYER_REQUEST"));

            var result = results.getFirst();
            if (result instanceof Dismissed(var dismissal)) {
                assertThat(dismissal.facts()).isEqualTo(3);
                assertThat(dismissedFacts(person)).isEqualTo(3);
            } else {
                assertThat(result).isEqualTo(new Refused(ProblemType.VERSION_CONFLICT));
                assertThat(dismissedFacts(person)).isZero();
            }
            assertThat(theatre.count("select count(*) from suggestion_fact left join dismissed_fact using (fact_id)"
                            + " where dismissal_id is null and order_id = '" + later + "'"))
                    .isOne();
        }
    }

    @Test
    void dismissalAndBlockOfTheSamePersonComeOneAfterTheOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var person = suggested();
            var results = Collections.synchronizedList(new ArrayList<DismissalResult>());

            AtOnce.run(
                    () -> results.add(dismiss(house, person)),
                    () -> Awaited.of(replica.server()
                            .bean(BlacklistService.class)
                            .add(block(person), "test", new Idempotency("test", UUID.randomUUID(), "00"))));

            var late =
                    theatre.count("select count(*) from suggestion_dismissal, blacklist_entry where suggestion_id = '"
                            + person.suggestionId() + "' and email = '" + person.email()
                            + "' and dismissed_at > created_at");
            assertThat(late).as("decisions on somebody who is blocked").isZero();
            assertThat(dismissedFacts(person)).isEqualTo(results.getFirst() instanceof Dismissed ? 3 : 0);
        }
    }

    private static BlacklistDraft block(Candidate person) {
        return new BlacklistDraft(new BlacklistPerson(null, person.email()), "Test", List.of(), null, List.of());
    }

    private Candidate suggested() {
        return suggested(Regular.guest(theatre).buys(2).givesBack(3));
    }

    private static Candidate suggested(Regular regular) {
        return Awaited.of(house.server().bean(SuggestionService.class).list(null, 100, "test")).items().stream()
                .map(suggestion -> suggestion.person())
                .filter(person -> regular.email().equals(person.email()))
                .findFirst()
                .orElseThrow();
    }

    private static DismissalResult dismiss(Theatre at, Candidate person) {
        return Awaited.of(at.server()
                .bean(SuggestionService.class)
                .dismiss(new DismissalDraft(person.suggestionId(), person.version(), "Test", "clerk")));
    }

    private long dismissedFacts(Candidate person) {
        return theatre.count("select count(*) from dismissed_fact join suggestion_dismissal using (dismissal_id)"
                + " where suggestion_id = '" + person.suggestionId() + "'");
    }
}
