package dev.abendkasse.server.claims.web;

import dev.abendkasse.api.ClaimCampaignsApi;
import dev.abendkasse.api.model.ClaimCampaign;
import dev.abendkasse.api.model.ClaimCampaignPage;
import dev.abendkasse.api.model.ClaimCampaignPlan;
import dev.abendkasse.api.model.ClaimCampaignPreview;
import dev.abendkasse.server.claims.ClaimCampaigns;
import dev.abendkasse.server.claims.domain.ClaimCampaign.State;
import dev.abendkasse.server.claims.domain.ClaimPlan;
import dev.abendkasse.server.claims.domain.ClaimTurn;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Repeats;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ClaimCampaignController implements ClaimCampaignsApi {

    private final ClaimCampaigns campaigns;
    private final Commands commands;
    private final Repeats repeats;

    ClaimCampaignController(ClaimCampaigns campaigns, Commands commands, Repeats repeats) {
        this.campaigns = campaigns;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaignPreview>> previewClaimCampaign(
            Mono<ClaimCampaignPlan> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (plan, by) -> new ClaimPlan(plan.getSource(), plan.getPerHour(), by, null))
                .flatMap(plan -> commands.run(campaigns.preview(plan)))
                .map(preview -> ResponseEntity.ok(ClaimMapper.toContract(preview)));
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaign>> startClaimCampaign(
            UUID idempotencyKey, Mono<ClaimCampaignPlan> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (plan, by) -> toStart(plan, by, idempotencyKey))
                .flatMap(plan -> commands.run(campaigns.start(plan)))
                .map(result -> ResponseEntity.status(HttpStatus.CREATED).body(ClaimMapper.doneOrProblem(result)));
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaignPage>> listClaimCampaigns(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return campaigns
                .list(TimeCursors.read(cursor, UUID::fromString), limit)
                .map(page -> ResponseEntity.ok(ClaimMapper.toContract(page)));
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaign>> getClaimCampaign(UUID campaignId, ServerWebExchange exchange) {
        return campaigns
                .find(campaignId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CLAIM_CAMPAIGN_NOT_FOUND)))
                .map(campaign -> ResponseEntity.ok(ClaimMapper.toContract(campaign)));
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaign>> pauseClaimCampaign(UUID campaignId, ServerWebExchange exchange) {
        return turn(campaignId, State.PAUSED);
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaign>> resumeClaimCampaign(UUID campaignId, ServerWebExchange exchange) {
        return turn(campaignId, State.RUNNING);
    }

    @Override
    public Mono<ResponseEntity<ClaimCampaign>> cancelClaimCampaign(UUID campaignId, ServerWebExchange exchange) {
        return turn(campaignId, State.CANCELLED);
    }

    private Mono<ResponseEntity<ClaimCampaign>> turn(UUID campaign, State state) {
        return Callers.name()
                .flatMap(by -> commands.run(campaigns.turn(new ClaimTurn(campaign, state, by))))
                .map(result -> ResponseEntity.ok(ClaimMapper.doneOrProblem(result)));
    }

    private ClaimPlan toStart(ClaimCampaignPlan plan, String by, UUID key) {
        return new ClaimPlan(
                plan.getSource(), plan.getPerHour(), by, repeats.of("startClaimCampaign:" + by, key, plan));
    }
}
