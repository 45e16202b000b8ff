package dev.abendkasse.server.claims.web;

import dev.abendkasse.api.model.ClaimCampaignPage;
import dev.abendkasse.api.model.ClaimCampaignPreview;
import dev.abendkasse.api.model.ClaimCampaignState;
import dev.abendkasse.server.claims.domain.ClaimCampaign;
import dev.abendkasse.server.claims.domain.ClaimPreview;
import dev.abendkasse.server.claims.domain.ClaimResult;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;

/** Contract types on one side, domain types on the other. */
final class ClaimMapper {

    private ClaimMapper() {}

    static dev.abendkasse.api.model.ClaimCampaign doneOrProblem(ClaimResult result) {
        return switch (result) {
            case ClaimResult.Done(var campaign) -> toContract(campaign);
            case ClaimResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    static ClaimCampaignPreview toContract(ClaimPreview preview) {
        return new ClaimCampaignPreview(preview.accounts(), preview.mailedToday(), preview.minutes());
    }

    static ClaimCampaignPage toContract(Page<ClaimCampaign> page) {
        return new ClaimCampaignPage()
                .items(page.items().stream().map(ClaimMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.ClaimCampaign toContract(ClaimCampaign campaign) {
        return new dev.abendkasse.api.model.ClaimCampaign()
                .campaignId(campaign.campaignId())
                .state(ClaimCampaignState.valueOf(campaign.state().name()))
                .source(campaign.source())
                .perHour(campaign.perHour())
                .posted(campaign.posted())
                .leftOut(campaign.leftOut())
                .claimed(campaign.claimed())
                .undelivered(campaign.undelivered())
                .waiting(campaign.waiting())
                .startedBy(campaign.startedBy())
                .startedAt(campaign.startedAt())
                .endedAt(campaign.endedAt());
    }
}
