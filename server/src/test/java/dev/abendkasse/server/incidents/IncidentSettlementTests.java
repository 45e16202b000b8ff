package dev.abendkasse.server.incidents;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.IncidentsApi;
import dev.abendkasse.office.model.IncidentFailure;
import dev.abendkasse.office.model.IncidentResolution;
import dev.abendkasse.office.model.IncidentResolutionRequest;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.server.cases.IncidentCases;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sending the payment links of an incident in one go. */
class IncidentSettlementTests {

    private static final IncidentResolutionRequest REQUEST = new IncidentResolutionRequest().reason("It is back");

    private static Outage outage;
    private static Theatre theatre;
    private static IncidentsApi incidents;

    @BeforeAll
    static void openTheTheatre() {
        outage = new Outage(Map.of());
        theatre = outage.theatre();
        incidents = theatre.office().incidents();
    }

    @AfterAll
    static void closeTheTheatre() {
        outage.close();
    }

    @BeforeEach
    void afterTheLastOne() {
        outage.forget();
    }

    @Test
    void eachBuyerIsSentOneLinkForTheirOrder() throws ApiException {
        var reviews = List.of(outage.review(), outage.review(), outage.review());
        var incident = over(reviews.getFirst());

        var resolution = settle(incident);

        assertThat(resolution).isEqualTo(resolution(3, 0));
        for (var review : reviews) {
            assertThat(state(review)).isEqualTo(OrderState.AWAITING_PAYMENT);
            assertThat(links(review)).isOne();
        }
        var present = incidents.getIncident(incident);
        assertThat(present.getCases()).isEqualTo(3);
        assertThat(present.getOpenCases()).isZero();
        assertThat(present.getUpstream()).isEqualTo("payment");
        var file = theatre.office().cases().getCaseForStaff(reviews.getFirst().caseNumber());
        assertThat(file.getDecision().getBy()).isEqualTo("admin");
        assertThat(file.getDecision().getReason()).isEqualTo("It is back");
        assertThat(file.getIncidentId()).isEqualTo(incident);
    }

    @Test
    void nothingIsSentBeforeTheServiceIsBackNorForWhatNeverHappened() throws ApiException {
        var review = outage.review();
        var incident = outage.incidentOf(review);

        expect(409, "incident-not-over", () -> settle(incident));
        expect(404, "incident-not-found", () -> settle(UUID.randomUUID()));
        expect(404, "incident-not-found", () -> incidents.getIncident(UUID.randomUUID()));

        assertThat(state(review)).isEqualTo(OrderState.UNDER_REVIEW);
    }

    @Test
    void p8SameRequestIsAnsweredTheSameAndAnotherFindsNothingLeft() throws ApiException {
        var incident = over(outage.review());
        var key = UUID.randomUUID();

        var first = incidents.settleIncident(incident, key, REQUEST);

        assertThat(incidents.settleIncident(incident, key, REQUEST)).isEqualTo(first);
        assertThat(settle(incident)).isEqualTo(resolution(0, 0));
        expect(
                422,
                "idempotency-key-reused",
                () -> incidents.settleIncident(incident, key, new IncidentResolutionRequest().reason("Other")));
    }

    @Test
    void p4WhatWasCutOffGoesOnWhereItWas() throws ApiException {
        var reviews = List.of(outage.review(), outage.review(), outage.review());
        var incident = over(reviews.getFirst());
        var done = theatre.office().cases().getCaseForStaff(reviews.getFirst().caseNumber());
        Awaited.of(theatre.server()
                .bean(IncidentCases.class)
                .approve(incident, done.getCaseNumber(), done.getVersion(), "admin", "It is back"));

        assertThat(settle(incident)).isEqualTo(resolution(2, 0));

        assertThat(reviews).allSatisfy(review -> assertThat(links(review)).isOne());
    }

    @Test
    void whatCannotBeApprovedStaysOpenAndIsNamed() throws ApiException {
        var fine = outage.review();
        var blocked = outage.review();
        var taken = outage.review();
        var cancelled = outage.review();
        var incident = over(fine);
        block(blocked);
        var till = Till.ofStaff(theatre);
        till.confirm(till.warn(taken.orderId()), "On the phone");
        outage.buyer(cancelled).orders().cancelOrder(cancelled.orderId(), UUID.randomUUID());

        var resolution = settle(incident);

        assertThat(resolution.getApproved()).isOne();
        assertThat(resolution.getLeft()).isEqualTo(2);
        assertThat(resolution.getFailures())
                .containsExactlyInAnyOrder(
                        new IncidentFailure().caseNumber(blocked.caseNumber()).code("reason-required"),
                        new IncidentFailure().caseNumber(taken.caseNumber()).code("held-by-clerk"));
        assertThat(state(blocked)).isEqualTo(OrderState.UNDER_REVIEW);
        assertThat(state(taken)).isEqualTo(OrderState.AT_BOX_OFFICE);
        assertThat(state(cancelled)).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void caseThatIsBrokenDoesNotStandInTheWayOfTheOthers() throws ApiException {
        var broken = outage.review();
        var fine = outage.review();
        var incident = over(broken);
        Theatre.execute(
                theatre.db(),
                "alter table payment_link add constraint broken_check check (order_id <> '" + broken.orderId() + "')");

        var resolution = settle(incident);

        Theatre.execute(theatre.db(), "alter table payment_link drop constraint broken_check");
        assertThat(resolution.getFailures())
                .containsExactly(
                        new IncidentFailure().caseNumber(broken.caseNumber()).code("internal-error"));
        assertThat(state(fine)).isEqualTo(OrderState.AWAITING_PAYMENT);
    }

    @Test
    void incidentsAreListedTheLatestFirst() throws ApiException {
        var older = outage.incidentOf(outage.review());
        outage.forget();
        var newer = outage.incidentOf(outage.review());

        var first = incidents.listIncidents(null, 1);
        var second = incidents.listIncidents(first.getNextCursor(), 1);

        assertThat(first.getItems()).singleElement().satisfies(incident -> {
            assertThat(incident.getIncidentId()).isEqualTo(newer);
            assertThat(incident.getBackAt()).isNull();
        });
        assertThat(second.getItems()).singleElement().satisfies(incident -> {
            assertThat(incident.getIncidentId()).isEqualTo(older);
            assertThat(incident.getBackAt()).isNotNull();
        });
        expect(400, "invalid-request", () -> incidents.listIncidents("bm90aGluZw", 1));
    }

    private static UUID over(Outcome.UnderReview review) {
        outage.back();
        outage.look();
        return outage.incidentOf(review);
    }

    private static IncidentResolution settle(UUID incident) throws ApiException {
        return incidents.settleIncident(incident, UUID.randomUUID(), REQUEST);
    }

    private static IncidentResolution resolution(int approved, long left) {
        return new IncidentResolution().approved(approved).left(left).failures(List.of());
    }

    private static OrderState state(Outcome.UnderReview review) throws ApiException {
        return outage.buyer(review).orders().getOrder(review.orderId()).getState();
    }

    /** By somebody who has not been asked about this order. */
    private static void block(Outcome.UnderReview review) {
        Theatre.execute(
                theatre.db(),
                "insert into blacklist_entry (match_key, reason, created_by) select match_key, 'A test', 'admin'"
                        + " from orders where order_id = '" + review.orderId() + "'");
    }

    private static long links(Outcome.UnderReview review) {
        return theatre.count("select count(*) from payment_link where order_id = '" + review.orderId() + "'");
    }
}
