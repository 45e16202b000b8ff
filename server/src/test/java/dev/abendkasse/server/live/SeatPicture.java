package dev.abendkasse.server.live;

import dev.abendkasse.sdk.model.GeneralAdmission;
import dev.abendkasse.sdk.model.Seat;
import dev.abendkasse.sdk.model.SeatMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The seats as a client sees them: read once, and kept by what a stream says. */
final class SeatPicture {

    private final Map<String, String> places = new TreeMap<>();

    static SeatPicture of(SeatMap map) {
        var picture = new SeatPicture();
        for (Seat seat : map.getSeats()) {
            picture.places.put(seat.getSeatId(), seat.getState().getValue());
        }
        for (GeneralAdmission category : map.getGeneralAdmission()) {
            picture.places.put(category.getCategory(), category.getAvailable() + " free");
        }
        return picture;
    }

    void hear(JsonNode event) {
        for (var seat : event.path("seats")) {
            places.put(seat.get("seatId").asString(), seat.get("state").asString());
        }
        for (var category : event.path("generalAdmission")) {
            places.put(
                    category.get("category").asString(),
                    category.get("available").asInt() + " free");
        }
    }

    Map<String, String> places() {
        return places;
    }
}
