package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.ClaimCampaignPlan;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What administrators do with campaigns of claim links. */
record ClaimDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    private static final ClaimCampaignPlan PLAN =
            new ClaimCampaignPlan().source("nowhere").perHour(1);

    /** A request about a campaign. */
    private interface Work {

        Object on(UUID campaign) throws Exception;
    }

    Map<String, Deed> all() {
        return Map.of(
                "previewClaimCampaign",
                Deed.once(() -> () -> office.claimCampaigns().previewClaimCampaign(PLAN)),
                "startClaimCampaign",
                Deed.repeatable(() -> {
                    endAll();
                    var key = UUID.randomUUID();
                    return () -> office.claimCampaigns().startClaimCampaign(key, PLAN);
                }),
                "pauseClaimCampaign",
                with(campaign -> office.claimCampaigns().pauseClaimCampaign(campaign)),
                "resumeClaimCampaign",
                Deed.repeatable(() -> {
                    var campaign = started();
                    office.claimCampaigns().pauseClaimCampaign(campaign);
                    return () -> office.claimCampaigns().resumeClaimCampaign(campaign);
                }),
                "cancelClaimCampaign",
                with(campaign -> office.claimCampaigns().cancelClaimCampaign(campaign)));
    }

    private Deed with(Work work) {
        return Deed.repeatable(() -> {
            var campaign = started();
            return () -> work.on(campaign);
        });
    }

    private UUID started() throws Exception {
        endAll();
        return office.claimCampaigns()
                .startClaimCampaign(UUID.randomUUID(), PLAN)
                .getCampaignId();
    }

    private void endAll() {
        Theatre.execute(
                theatre.db(),
                "update claim_campaign set state = 'CANCELLED', ended_at = clock_timestamp() where ended_at is null");
    }
}
