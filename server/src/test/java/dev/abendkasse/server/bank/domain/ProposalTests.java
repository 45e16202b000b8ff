package dev.abendkasse.server.bank.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.bank.domain.BankLine.Candidate;
import dev.abendkasse.server.bank.domain.Proposal.Match;
import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OrderView;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProposalTests {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 5);
    private static final Candidate ORDER = order(9_900, "EUR", DAY);

    @Test
    void oneOrderThatOwesExactlyThisFits() {
        assertThat(of(9_900, "EUR", ORDER)).isEqualTo(new Proposal(Match.EXACT, ORDER));
    }

    @Test
    void oneOrderThatOwesSomethingElseIsProposedAllTheSame() {
        assertThat(of(9_899, "EUR", ORDER)).isEqualTo(new Proposal(Match.AMOUNT_DIFFERS, ORDER));
        assertThat(of(9_900, "USD", ORDER)).isEqualTo(new Proposal(Match.AMOUNT_DIFFERS, ORDER));
        var paid = order(0, "EUR", DAY);
        assertThat(of(9_900, "EUR", paid)).isEqualTo(new Proposal(Match.AMOUNT_DIFFERS, paid));
    }

    @Test
    void severalOrdersAreForPeopleToTellApart() {
        assertThat(of(9_900, "EUR", ORDER, order(5_000, "EUR", DAY))).isEqualTo(new Proposal(Match.AMBIGUOUS, null));
    }

    @Test
    void moneyThatIsOlderThanTheOrderIsNotSimplyItsMoney() {
        assertThat(of(9_900, "EUR", order(9_900, "EUR", DAY.plusDays(1))))
                .isEqualTo(new Proposal(Match.AMBIGUOUS, null));
        assertThat(of(9_900, "EUR", order(9_900, "EUR", DAY.minusDays(1))).match())
                .isEqualTo(Match.EXACT);
    }

    @Test
    void textWithoutANumberFitsNothing() {
        assertThat(of(9_900, "EUR")).isEqualTo(new Proposal(Match.NONE, null));
    }

    private static Proposal of(long amount, String currency, Candidate... candidates) {
        return Proposal.of(new BankLine(
                UUID.randomUUID(),
                UUID.randomUUID(),
                2,
                BankLine.State.OPEN,
                DAY,
                DAY,
                new Price(amount, currency),
                "text",
                "",
                "",
                List.of(candidates),
                null,
                null,
                null,
                null));
    }

    private static Candidate order(long owed, String currency, LocalDate createdOn) {
        return new Candidate(
                UUID.randomUUID(), "100042", null, OrderView.State.RESERVED, createdOn, new Price(owed, currency));
    }
}
