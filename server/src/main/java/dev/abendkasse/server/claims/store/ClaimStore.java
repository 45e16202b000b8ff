package dev.abendkasse.server.claims.store;

import dev.abendkasse.server.claims.domain.ClaimCampaign;
import dev.abendkasse.server.claims.domain.ClaimPlan;
import dev.abendkasse.server.claims.domain.ClaimPreview;
import dev.abendkasse.server.claims.domain.ClaimResult;
import dev.abendkasse.server.claims.domain.ClaimTurn;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Campaigns; the functions are those of R__8_claim_campaigns.sql. */
@Repository
public class ClaimStore {

    private static final double MILLIS = 1000;

    private static final String FIND = """
            select claim_campaign_view(claim_campaign) from claim_campaign where campaign_id = :campaignId
            """;

    private final DatabaseClient db;
    private final Functions functions;

    ClaimStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<ClaimPreview> preview(ClaimPlan plan) {
        return functions
                .call("preview_claim_campaign", plan)
                .map(answer -> functions.read(answer.get("preview"), ClaimPreview.class));
    }

    public Mono<ClaimResult> start(ClaimPlan plan) {
        return functions.call("start_claim_campaign", plan).map(this::toResult);
    }

    public Mono<ClaimResult> turn(ClaimTurn turn) {
        return functions.call("turn_claim_campaign", turn).map(this::toResult);
    }

    /** Empty when there is none. */
    public Mono<ClaimCampaign> find(UUID campaignId) {
        return db.sql(FIND)
                .bind("campaignId", campaignId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, ClaimCampaign.class));
    }

    /** The newest first. */
    public Mono<List<ClaimCampaign>> list(@Nullable Instant beforeAt, @Nullable UUID beforeId, int limit) {
        return functions
                .call("list_claim_campaigns", new Query(beforeAt, beforeId, limit))
                .map(answer -> functions.read(answer, Found.class).campaigns());
    }

    /**
     * Posts the mails that are due, and says how many accounts had their turn.
     *
     * @param ahead how long before they leave
     * @param works how long their links work
     */
    public Mono<Integer> goOn(int accounts, Duration ahead, Duration works) {
        return functions
                .call(
                        "continue_claim_campaign",
                        Map.of(
                                "limit", accounts,
                                "aheadSeconds", ahead.toMillis() / MILLIS,
                                "linkSeconds", works.toMillis() / MILLIS))
                .map(answer -> answer.get("turns").asInt());
    }

    private ClaimResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new ClaimResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new ClaimResult.Done(functions.read(answer.get("campaign"), ClaimCampaign.class));
    }

    private record Query(
            @Nullable Instant beforeAt, @Nullable UUID beforeId, int limit) {}

    private record Found(List<ClaimCampaign> campaigns) {}
}
