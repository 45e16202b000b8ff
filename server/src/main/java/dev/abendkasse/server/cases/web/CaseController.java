package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.CasesApi;
import dev.abendkasse.api.model.CaseFile;
import dev.abendkasse.api.model.CaseFilePage;
import dev.abendkasse.api.model.CaseKind;
import dev.abendkasse.api.model.CaseState;
import dev.abendkasse.server.cases.CaseService;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CaseController implements CasesApi {

    private final CaseService cases;

    CaseController(CaseService cases) {
        this.cases = cases;
    }

    @Override
    public Mono<ResponseEntity<CaseFilePage>> listCases(
            @Nullable CaseKind kind,
            @Nullable CaseState state,
            @Nullable String cursor,
            Integer limit,
            ServerWebExchange exchange) {
        return cases.list(CaseMapper.toSearch(kind, state, cursor), limit)
                .map(CaseMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<CaseFile>> getCaseForStaff(String caseNumber, ServerWebExchange exchange) {
        return cases.find(CaseMapper.toNumber(caseNumber))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CASE_NOT_FOUND)))
                .map(CaseMapper::toContract)
                .map(ResponseEntity::ok);
    }
}
