package dev.abendkasse.server.incidents.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;

/**
 * The wish to approve every case of an incident. The names of the components are those that the database's functions read.
 *
 * @param most how many at most in one go
 */
public record SettleCommand(UUID incidentId, Actor actor, String reason, int most, Idempotency repeat) {}
