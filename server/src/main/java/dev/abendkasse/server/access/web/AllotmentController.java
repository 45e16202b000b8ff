package dev.abendkasse.server.access.web;

import dev.abendkasse.api.AllotmentsApi;
import dev.abendkasse.api.model.Allotment;
import dev.abendkasse.server.access.Allotments;
import dev.abendkasse.server.security.Caller;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** For partners. */
@RestController
class AllotmentController implements AllotmentsApi {

    private final Allotments allotments;

    AllotmentController(Allotments allotments) {
        this.allotments = allotments;
    }

    @Override
    public Mono<ResponseEntity<Allotment>> getOwnAllotment(ServerWebExchange exchange) {
        return Callers.current()
                .ofType(Caller.Client.class)
                .flatMap(client -> allotments.of(client.id()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.FORBIDDEN)))
                .map(AccessMapper::toContract)
                .map(ResponseEntity::ok);
    }
}
