package dev.abendkasse.server.claims.domain;

import java.util.UUID;

/** A campaign is to be in a state. The names of the components are those that the database reads. */
public record ClaimTurn(UUID campaignId, ClaimCampaign.State state, String by) {}
