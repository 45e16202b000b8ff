package dev.abendkasse.server.letters.domain;

import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The letters there are. Each says of what is true now whether it is still worth sending. */
public enum Letter {
    /** Not while a bank disputes the payment: the tickets let nobody in. */
    ORDER_CONFIRMED {
        @Override
        public boolean holds(LetterFacts facts) {
            return is(facts, State.CONFIRMED) && facts.order().paymentStatus() != PaymentStatus.DISPUTED;
        }
    },
    ORDER_RESERVED {
        @Override
        public boolean holds(LetterFacts facts) {
            return is(facts, State.RESERVED);
        }
    },
    /** Only if it still ends then: one that was paid, given up or made longer is not spoken of (D17). */
    RESERVATION_REMINDER {
        @Override
        public boolean holds(LetterFacts facts) {
            return is(facts, State.RESERVED)
                    && Objects.equals(facts.order().payUntil(), facts.remindedOf())
                    && facts.order().open().amount() > 0;
        }
    },
    ORDER_UNDER_REVIEW {
        @Override
        public boolean holds(LetterFacts facts) {
            return is(facts, State.UNDER_REVIEW) && hasCase(facts, CaseState.OPEN, CaseState.WAITING_FOR_CUSTOMER);
        }
    },
    /** As a whole, or some of its tickets. */
    ORDER_CANCELLED {
        @Override
        public boolean holds(LetterFacts facts) {
            return is(facts, State.CANCELLED) || is(facts, State.CONFIRMED) && facts.returned();
        }
    },
    /** Money that came late may have brought it back to life. */
    ORDER_EXPIRED {
        @Override
        public boolean holds(LetterFacts facts) {
            return is(facts, State.EXPIRED);
        }
    },
    /** What goes back goes back whatever becomes of the order. */
    ORDER_REFUNDED {
        @Override
        public boolean holds(LetterFacts facts) {
            return facts.refund() != null;
        }
    },
    PAYMENT_LINK {
        @Override
        public boolean holds(LetterFacts facts) {
            return facts.link() != null && facts.link().open() && !hasEnded(facts) && !is(facts, State.CONFIRMED);
        }
    },
    PERFORMANCE_CANCELLED {
        @Override
        public boolean holds(LetterFacts facts) {
            return facts.change() != null && facts.change().kind() == LetterFacts.ChangeKind.CANCELLATION;
        }
    },
    /** What has been postponed again, or cancelled since, has a letter of its own. */
    PERFORMANCE_POSTPONED {
        @Override
        public boolean holds(LetterFacts facts) {
            var change = facts.change();
            return change != null
                    && change.kind() == LetterFacts.ChangeKind.POSTPONEMENT
                    && change.latest()
                    && change.concerned()
                    && !hasEnded(facts);
        }
    },
    CASE_APPROVED {
        @Override
        public boolean holds(LetterFacts facts) {
            return hasCase(facts, CaseState.APPROVED) && !hasEnded(facts);
        }
    },
    CASE_REJECTED {
        @Override
        public boolean holds(LetterFacts facts) {
            return hasCase(facts, CaseState.REJECTED) && !is(facts, State.CONFIRMED);
        }
    };

    /** Where the case stands. */
    public enum CaseState {
        OPEN,
        WAITING_FOR_CUSTOMER,
        APPROVED,
        REJECTED,
        EXPIRED,
        SETTLED
    }

    private static final EnumSet<State> ENDED = EnumSet.of(State.CANCELLED, State.EXPIRED, State.REFUNDED);

    /** Whether it is true, and news, as things are now. */
    public abstract boolean holds(LetterFacts facts);

    /** As its template is called, and the messages that ask for it. */
    public String template() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Letter> byTemplate(String template) {
        return Arrays.stream(values())
                .filter(letter -> letter.template().equals(template))
                .findFirst();
    }

    private static boolean is(LetterFacts facts, State state) {
        return facts.order().state() == state;
    }

    private static boolean hasEnded(LetterFacts facts) {
        return ENDED.contains(facts.order().state());
    }

    private static boolean hasCase(LetterFacts facts, CaseState... states) {
        var matter = facts.matter();
        return matter != null && Arrays.asList(states).contains(matter.state());
    }
}
