package dev.abendkasse.server.merge.web;

import dev.abendkasse.api.CustomerMergesApi;
import dev.abendkasse.api.model.CustomerMerge;
import dev.abendkasse.api.model.MergePair;
import dev.abendkasse.api.model.MergePreview;
import dev.abendkasse.api.model.MergeRequest;
import dev.abendkasse.server.merge.MergeService;
import dev.abendkasse.server.merge.domain.MergeCommand;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class MergeController implements CustomerMergesApi {

    private final MergeService merges;
    private final Commands commands;
    private final Repeats repeats;

    MergeController(MergeService merges, Commands commands, Repeats repeats) {
        this.merges = merges;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<MergePreview>> previewMerge(Mono<MergePair> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), MergeMapper::toDomain)
                .flatMap(pair -> commands.run(merges.preview(pair)))
                .map(result -> ResponseEntity.ok(MergeMapper.toContract(MergeMapper.shownOrProblem(result))));
    }

    @Override
    public Mono<ResponseEntity<CustomerMerge>> mergeCustomers(
            UUID idempotencyKey, Mono<MergeRequest> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (request, by) -> toCommand(request, by, idempotencyKey))
                .flatMap(command -> commands.run(merges.merge(command)))
                .map(result -> ResponseEntity.ok(MergeMapper.toContract(MergeMapper.shownOrProblem(result))));
    }

    private MergeCommand toCommand(MergeRequest request, String by, UUID key) {
        return new MergeCommand(
                request.getSurvivorId(),
                request.getLoserId(),
                request.getDigest(),
                request.getReason(),
                by,
                repeats.of("mergeCustomers:" + by, key, request));
    }
}
