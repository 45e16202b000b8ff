package dev.abendkasse.server.hotline.web;

import dev.abendkasse.server.hotline.CustomerSearches;
import dev.abendkasse.server.hotline.domain.CustomerSearch;
import dev.abendkasse.server.shared.LoginName;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads whom somebody looks for. */
@Component
class CustomerSearchMapper {

    private static final int USUAL_LIMIT = 20;

    private final CustomerSearches searches;

    CustomerSearchMapper(CustomerSearches searches) {
        this.searches = searches;
    }

    /** Asks for one more customer than the page has, which tells whether there is another page. */
    CustomerSearch toSearch(dev.abendkasse.api.model.CustomerSearch wanted, String by) {
        var criteria = Stream.of(
                wanted.getEmail(),
                wanted.getUserName(),
                wanted.getOrderNumber(),
                wanted.getCustomerId(),
                wanted.getName(),
                wanted.getPhone());
        if (criteria.filter(Objects::nonNull).count() != 1) {
            throw fault("#", "{fault.one-criterion}");
        }
        var after = toCursor(wanted.getCursor());
        var email = wanted.getEmail();
        var userName = wanted.getUserName();
        return new CustomerSearch(
                by,
                email == null ? null : searches.keyOf(email),
                userName == null ? null : LoginName.of(userName).canonical(),
                wanted.getOrderNumber(),
                wanted.getCustomerId(),
                wanted.getName(),
                wanted.getPhone(),
                after == null ? null : after.id().rank(),
                after == null ? null : after.at(),
                after == null ? null : after.id().customerId(),
                Objects.requireNonNullElse(wanted.getLimit(), USUAL_LIMIT) + 1);
    }

    private static @Nullable TimeCursor<HitId> toCursor(@Nullable String cursor) {
        try {
            return cursor == null ? null : TimeCursor.parse(cursor, HitId::parse);
        } catch (IllegalArgumentException e) {
            throw fault("#/cursor", "{fault.cursor}");
        }
    }

    private static ProblemException fault(String pointer, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, Fault.at(pointer, detail));
    }

    /** Where a customer stands among those who match as well. */
    record HitId(int rank, UUID customerId) {

        private static final String SEPARATOR = "_";

        static HitId parse(String text) {
            var parts = text.split(SEPARATOR, 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("Not a cursor");
            }
            return new HitId(Integer.parseInt(parts[0]), UUID.fromString(parts[1]));
        }

        @Override
        public String toString() {
            return rank + SEPARATOR + customerId;
        }
    }
}
