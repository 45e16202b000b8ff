package dev.abendkasse.server.letters.domain;

import dev.abendkasse.server.letters.domain.Letter.CaseState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The letters about cases rather than orders. Each says of what is true now whether it is still worth sending. */
public enum CaseLetter {
    /** Only while its answer is awaited. */
    CASE_QUESTION {
        @Override
        public boolean holds(CaseLetterFacts facts) {
            return facts.state() == CaseState.WAITING_FOR_CUSTOMER && facts.asked();
        }
    },
    LIMIT_APPROVED {
        @Override
        public boolean holds(CaseLetterFacts facts) {
            return facts.state() == CaseState.APPROVED;
        }
    },
    LIMIT_REJECTED {
        @Override
        public boolean holds(CaseLetterFacts facts) {
            return facts.state() == CaseState.REJECTED;
        }
    };

    /** Whether it is true, and news, as things are now. */
    public abstract boolean holds(CaseLetterFacts facts);

    /** As its template is called, and the messages that ask for it. */
    public String template() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<CaseLetter> byTemplate(String template) {
        return Arrays.stream(values())
                .filter(letter -> letter.template().equals(template))
                .findFirst();
    }
}
