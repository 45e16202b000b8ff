package dev.abendkasse.server.access.web;

import dev.abendkasse.api.model.Allotment;
import dev.abendkasse.api.model.ApiClientAccount;
import dev.abendkasse.api.model.ApiClientPage;
import dev.abendkasse.api.model.ApiClientSecret;
import dev.abendkasse.api.model.StaffAccount;
import dev.abendkasse.api.model.StaffAccountPage;
import dev.abendkasse.server.access.NewSecret;
import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.AllotmentView;
import dev.abendkasse.server.access.domain.ClientView;
import dev.abendkasse.server.access.domain.StaffView;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.TimeCursors;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. */
final class AccessMapper {

    private AccessMapper() {}

    static <T> T doneOrProblem(AccessResult<T> result) {
        return switch (result) {
            case AccessResult.Done<T>(var value) -> value;
            case AccessResult.Refused<T>(var problem, var pointer) -> throw problem(problem, pointer);
        };
    }

    private static ProblemException problem(ProblemType type, @Nullable String pointer) {
        if (pointer == null) {
            return new ProblemException(type);
        }
        var detail = type == ProblemType.PASSWORD_WRONG ? "{fault.not-right}" : "{fault.unknown}";
        return new ProblemException(type, Fault.at(pointer, detail));
    }

    /** Names have no comma and no NUL, so whatever comes back is a name or leads nowhere. */
    static @Nullable TimeCursor<String> cursor(@Nullable String text) {
        return TimeCursors.read(text, AccessMapper::name);
    }

    private static String name(String text) {
        if (!text.matches("[a-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("Not a name");
        }
        return text;
    }

    static StaffAccountPage toStaffPage(Page<StaffView> page) {
        return new StaffAccountPage()
                .items(page.items().stream().map(AccessMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static StaffAccount toContract(StaffView view) {
        return new StaffAccount(
                        view.userName(),
                        new LinkedHashSet<>(view.scopes()),
                        view.version(),
                        view.lockedAt() != null,
                        view.passwordSetAt(),
                        view.createdAt())
                .lockedAt(view.lockedAt());
    }

    static ApiClientPage toClientPage(Page<ClientView> page) {
        return new ApiClientPage()
                .items(page.items().stream().map(AccessMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static ApiClientAccount toContract(ClientView view) {
        return new ApiClientAccount(
                        view.clientId(),
                        view.name(),
                        new LinkedHashSet<>(view.scopes()),
                        view.version(),
                        view.lockedAt() != null,
                        view.secretSetAt(),
                        view.createdAt())
                .lockedAt(view.lockedAt())
                .oldSecretUntil(view.oldSecretUntil());
    }

    static ApiClientSecret toContract(NewSecret made) {
        return new ApiClientSecret(toContract(made.client()), made.secret());
    }

    static Allotment toContract(AllotmentView view) {
        return new Allotment(view.everything())
                .eventIds(view.everything() ? null : Set.copyOf(view.eventIds()))
                .performanceIds(view.everything() ? null : Set.copyOf(view.performanceIds()));
    }
}
