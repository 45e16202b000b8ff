package dev.abendkasse.server.claims;

import dev.abendkasse.server.claims.domain.ClaimCampaign;
import dev.abendkasse.server.claims.domain.ClaimPlan;
import dev.abendkasse.server.claims.domain.ClaimPreview;
import dev.abendkasse.server.claims.domain.ClaimResult;
import dev.abendkasse.server.claims.domain.ClaimTurn;
import dev.abendkasse.server.claims.store.ClaimStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Starts and steers campaigns. */
@Service
public class ClaimCampaigns {

    private final ClaimStore campaigns;

    ClaimCampaigns(ClaimStore campaigns) {
        this.campaigns = campaigns;
    }

    public Mono<ClaimPreview> preview(ClaimPlan plan) {
        return campaigns.preview(plan);
    }

    public Mono<ClaimResult> start(ClaimPlan plan) {
        return campaigns.start(plan);
    }

    public Mono<ClaimResult> turn(ClaimTurn turn) {
        return campaigns.turn(turn);
    }

    /** Empty when there is none. */
    public Mono<ClaimCampaign> find(UUID campaign) {
        return campaigns.find(campaign);
    }

    /** The newest first. */
    public Mono<Page<ClaimCampaign>> list(@Nullable TimeCursor<UUID> after, int limit) {
        return campaigns
                .list(after == null ? null : after.at(), after == null ? null : after.id(), limit + 1)
                .map(found -> Page.of(found, limit, ClaimCampaigns::cursor));
    }

    private static String cursor(ClaimCampaign last) {
        return new TimeCursor<>(last.startedAt(), last.campaignId()).text();
    }
}
