package dev.abendkasse.server.privacy.web;

import dev.abendkasse.api.model.MyData;
import dev.abendkasse.server.organiser.OrganiserProperties;
import dev.abendkasse.server.privacy.PersonalData;
import dev.abendkasse.server.privacy.domain.ErasureResult;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.OrderViews;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Shows what is held about a customer; all but the orders has the contract's names already. */
@Component
class MyDataMapper {

    private final JsonMapper json;
    private final String office;

    MyDataMapper(JsonMapper json, OrganiserProperties organiser) {
        this.json = json;
        this.office = Stream.of(
                        Stream.of(organiser.name()),
                        organiser.addressLines().stream(),
                        Stream.ofNullable(organiser.email()))
                .flatMap(part -> part)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    MyData toContract(PersonalData data) {
        return json.treeToValue(data.rest(), MyData.class)
                .office(office)
                .orders(data.orders().stream().map(OrderViews::toContract).toList());
    }

    static Instant erasedOrProblem(ErasureResult result) {
        return switch (result) {
            case ErasureResult.Erased(var at) -> at;
            case ErasureResult.Refused refused -> throw problem(refused);
            case ErasureResult.GuestErased other -> throw new IllegalStateException("Not a customer: " + other);
        };
    }

    static ErasureResult.GuestErased guestOrProblem(ErasureResult result) {
        return switch (result) {
            case ErasureResult.GuestErased erased -> erased;
            case ErasureResult.Refused refused -> throw problem(refused);
            case ErasureResult.Erased other -> throw new IllegalStateException("Not a guest: " + other);
        };
    }

    static ProblemException wrongPassword() {
        return new ProblemException(ProblemType.PASSWORD_WRONG, Fault.at("#/password", "{fault.not-right}"));
    }

    private static ProblemException problem(ErasureResult.Refused refused) {
        if (refused.problem() == ProblemType.PASSWORD_WRONG) {
            return wrongPassword();
        }
        var obstacles = refused.obstacles().stream()
                .map(obstacle -> Fault.at("#", obstacle.kind() + ": " + obstacle.count()))
                .toList();
        return new ProblemException(refused.problem(), List.copyOf(obstacles), Map.of());
    }
}
