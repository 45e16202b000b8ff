package dev.abendkasse.server.seathistory.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which seat is asked about. The names of the components are those that the database's function reads.
 *
 * @param by who is asking
 * @param clientId a partner, who is told only of what it has sold; null: own staff
 * @param beforeAt only holds that began before, or then and with a smaller fence
 */
public record SeatQuestion(
        String by,
        UUID performanceId,
        String seatId,
        @Nullable String clientId,
        @Nullable Instant beforeAt,
        @Nullable Long beforeFence,
        int limit) {}
