package dev.abendkasse.server.claims;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.ClaimCampaignsApi;
import dev.abendkasse.office.model.ClaimCampaign;
import dev.abendkasse.office.model.ClaimCampaignPlan;
import dev.abendkasse.office.model.ClaimCampaignState;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All who wait for a claim link are mailed one, evenly and once, by whichever replica is there. */
class ClaimCampaignTests {

    /** One every 36 milliseconds. */
    private static final int FAST = 100_000;

    private static final String WAITING = """
            with made as (
                insert into customer (name, password_hash)
                select 'Example', null from generate_series(1, %1$d) returning customer_id
            ), address as (
                insert into customer_email (customer_id, email, canonical, match_key)
                select customer_id, customer_id || '@example.org', customer_id || '@example.org',
                       sha256(customer_id::text::bytea) from made)
            insert into legacy_customer (source, source_id, customer_id)
            select '%2$s', customer_id::text, customer_id from made
            """;

    private static Theatre theatre;
    private static Theatre replica;
    private static ClaimCampaignsApi campaigns;

    private final String source = "shop-" + UUID.randomUUID();

    @BeforeAll
    static void openTheTheatre() {
        var byHand = Map.<String, Object>of("abendkasse.claims.look-every", "1h");
        theatre = Theatre.open(byHand);
        replica = theatre.replica(byHand);
        campaigns = theatre.office().claimCampaigns();
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @AfterEach
    void endTheCampaign() {
        Theatre.execute(
                theatre.db(),
                "update claim_campaign set state = 'CANCELLED', ended_at = clock_timestamp() where ended_at is null");
    }

    @Test
    void everybodyWhoWaitsIsMailedOnceWhateverReplicasLookAtTheSameTime() throws Exception {
        customers(250);
        var preview = campaigns.previewClaimCampaign(plan(FAST));
        assertThat(preview.getAccounts()).isEqualTo(250);
        assertThat(preview.getMinutes()).isOne();
        var campaign = campaigns.startClaimCampaign(UUID.randomUUID(), plan(FAST));
        assertThat(campaign.getWaiting()).isEqualTo(250);

        var looks = new ArrayList<AtOnce.Step>();
        for (int i = 0; i < 4; i++) {
            looks.add(() -> look(theatre));
            looks.add(() -> look(replica));
        }
        AtOnce.run(looks.toArray(AtOnce.Step[]::new));
        look(theatre);

        var done = campaigns.getClaimCampaign(campaign.getCampaignId());
        assertThat(done.getState()).isEqualTo(ClaimCampaignState.DONE);
        assertThat(done.getPosted()).isEqualTo(250);
        assertThat(done.getWaiting()).isZero();
        assertThat(done.getEndedAt()).isNotNull();
        assertThat(links()).isEqualTo(250);
        assertThat(theatre.count("select count(*) from outbox_message join account_link on key = link_id::text join"
                        + " legacy_customer using (customer_id) where outbox_message.kind = 'ACCOUNT_MAIL' and source = '"
                        + source + "'"))
                .isEqualTo(250);
    }

    @Test
    void mailsLeaveEvenlyAtThePaceAndNoneIsPostedLongBefore() throws ApiException {
        customers(10);
        var campaign = campaigns.startClaimCampaign(UUID.randomUUID(), plan(120));

        look(theatre);
        look(replica);

        var waits = Awaited.of(theatre.db()
                .sql(
                        "select extract(epoch from due_at - lag(due_at) over (order by due_at))::int from claim_campaign_mail"
                                + " where campaign_id = '" + campaign.getCampaignId() + "' order by due_at offset 1")
                .mapValue(Integer.class)
                .all()
                .collectList());
        assertThat(waits).isNotEmpty().hasSizeLessThanOrEqualTo(2).containsOnly(30);
        assertThat(campaigns.getClaimCampaign(campaign.getCampaignId()).getWaiting())
                .isBetween(7L, 8L);
    }

    @Test
    void whoHasClaimedOrWasMailedTodayIsLeftOut() throws ApiException {
        var customers = customers(3);
        var campaign = campaigns.startClaimCampaign(UUID.randomUUID(), plan(FAST));
        theatre.office().customers().sendClaim(customers.get(0));
        assertThat(campaigns.previewClaimCampaign(plan(FAST)).getMailedToday()).isOne();
        Theatre.execute(
                theatre.db(),
                "update customer set password_hash = 'none' where customer_id = '" + customers.get(1) + "'");

        look(theatre);
        look(theatre);

        var done = campaigns.getClaimCampaign(campaign.getCampaignId());
        assertThat(done.getState()).isEqualTo(ClaimCampaignState.DONE);
        assertThat(done.getPosted()).isOne();
        assertThat(done.getLeftOut()).isOne();
        Theatre.execute(
                theatre.db(),
                "update customer set password_hash = 'none' where customer_id = '" + customers.get(2) + "'");
        assertThat(campaigns.getClaimCampaign(campaign.getCampaignId()).getClaimed())
                .isOne();
    }

    @Test
    void pausedCampaignPostsNothingAndGoesOnWhereItWas() throws ApiException {
        customers(5);
        var campaign = campaigns.startClaimCampaign(UUID.randomUUID(), plan(60)).getCampaignId();
        look(theatre);
        var posted = campaigns.pauseClaimCampaign(campaign).getPosted();
        assertThat(posted).isBetween(1L, 2L);
        Theatre.execute(theatre.db(), "update claim_campaign set paced_until = clock_timestamp() - interval '1 hour'");

        look(theatre);
        assertThat(campaigns.getClaimCampaign(campaign).getPosted()).isEqualTo(posted);

        assertThat(campaigns.resumeClaimCampaign(campaign).getState()).isEqualTo(ClaimCampaignState.RUNNING);
        look(theatre);
        assertThat(campaigns.getClaimCampaign(campaign).getPosted())
                .as("what was not sent meanwhile is not made up for at once")
                .isBetween(posted + 1, posted + 2);
    }

    @Test
    void cancelledCampaignIsOverAndOnlyThenAnotherMayStart() throws ApiException {
        var key = UUID.randomUUID();
        var campaign = campaigns.startClaimCampaign(key, plan(60));
        assertThat(campaigns.startClaimCampaign(key, plan(60)).getCampaignId()).isEqualTo(campaign.getCampaignId());
        expect(409, "claim-campaign-open", () -> campaigns.startClaimCampaign(UUID.randomUUID(), plan(60)));

        var cancelled = campaigns.cancelClaimCampaign(campaign.getCampaignId());

        assertThat(cancelled.getState()).isEqualTo(ClaimCampaignState.CANCELLED);
        assertThat(campaigns.cancelClaimCampaign(campaign.getCampaignId())).isEqualTo(cancelled);
        expect(409, "claim-campaign-ended", () -> campaigns.resumeClaimCampaign(campaign.getCampaignId()));
        expect(404, "claim-campaign-not-found", () -> campaigns.pauseClaimCampaign(UUID.randomUUID()));
        expect(404, "claim-campaign-not-found", () -> campaigns.getClaimCampaign(UUID.randomUUID()));
        var next = campaigns.startClaimCampaign(UUID.randomUUID(), plan(60));
        assertThat(campaigns.listClaimCampaigns(null, 2).getItems())
                .extracting(ClaimCampaign::getCampaignId)
                .containsExactly(next.getCampaignId(), campaign.getCampaignId());
    }

    @Test
    void ofManyWhoStartOneDoes() throws Exception {
        var starts = new AtOnce.Step[8];
        Arrays.fill(starts, (AtOnce.Step) () -> {
            try {
                campaigns.startClaimCampaign(UUID.randomUUID(), plan(60));
            } catch (ApiException refused) {
                assertThat(refused.getCode()).isEqualTo(409);
            }
        });
        AtOnce.run(starts);

        assertThat(theatre.count("select count(*) from claim_campaign where source = '" + source + "'"))
                .isOne();
    }

    private static void look(Theatre at) {
        Awaited.of(at.server().bean(ClaimSender.class).goOn());
    }

    private ClaimCampaignPlan plan(int perHour) {
        return new ClaimCampaignPlan().source(source).perHour(perHour);
    }

    private List<UUID> customers(int number) {
        Theatre.execute(theatre.db(), WAITING.formatted(number, source));
        return Awaited.of(theatre.db()
                .sql("select customer_id from legacy_customer where source = '" + source + "' order by customer_id")
                .mapValue(UUID.class)
                .all()
                .collectList());
    }

    private long links() {
        return theatre.count(
                "select count(*) from account_link join legacy_customer using (customer_id) where source = '" + source
                        + "'");
    }
}
