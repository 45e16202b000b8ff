package dev.abendkasse.server.catalog.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.api.model.GeneralAdmission;
import dev.abendkasse.api.model.Seat;
import dev.abendkasse.api.model.SeatState;
import dev.abendkasse.server.catalog.domain.SeatMap;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** Seat maps: contract types on one side, domain types on the other. */
final class SeatMapMapper {

    private static final int ETAG_BYTES = 18;

    private SeatMapMapper() {}

    static dev.abendkasse.api.model.SeatMap toContract(UUID performanceId, SeatMap map) {
        return new dev.abendkasse.api.model.SeatMap()
                .performanceId(performanceId)
                .seats(map.seats().stream().map(SeatMapMapper::toContract).toList())
                .generalAdmission(map.generalAdmission().stream()
                        .map(SeatMapMapper::toContract)
                        .toList());
    }

    /** The same for the same content, on every replica. */
    static String etag(SeatMap map) {
        var digest = sha256();
        map.seats().forEach(seat -> digest.update(seat.toString().getBytes(UTF_8)));
        map.generalAdmission()
                .forEach(standing -> digest.update(standing.toString().getBytes(UTF_8)));
        var start = Arrays.copyOf(digest.digest(), ETAG_BYTES);
        return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + "\"";
    }

    private static Seat toContract(SeatMap.Seat seat) {
        return new Seat()
                .seatId(seat.seatId())
                .section(seat.section())
                .row(seat.row())
                .number(seat.number())
                .category(seat.category())
                .x(seat.x())
                .y(seat.y())
                .state(toContract(seat.state()));
    }

    private static SeatState toContract(SeatMap.State state) {
        return switch (state) {
            case AVAILABLE -> SeatState.AVAILABLE;
            case HELD -> SeatState.HELD;
            case SOLD -> SeatState.SOLD;
        };
    }

    private static GeneralAdmission toContract(SeatMap.Standing standing) {
        return new GeneralAdmission()
                .category(standing.category())
                .capacity(standing.capacity())
                .available(standing.available());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
