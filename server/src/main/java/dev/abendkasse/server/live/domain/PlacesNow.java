package dev.abendkasse.server.live.domain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the places that were asked for are now. */
public record PlacesNow(List<SeatNow> seats, List<StandingNow> standing) {

    /** So many fit into one message. */
    public static final int MOST_SEATS = 1000;

    /** In as many messages as it takes. Only the last carries the position: with it all have been told. */
    public List<LiveMessage> messages(long seq) {
        var messages = new ArrayList<LiveMessage>();
        int start = 0;
        for (; start + MOST_SEATS < seats.size(); start += MOST_SEATS) {
            messages.add(seats(null, start, start + MOST_SEATS, List.of()));
        }
        messages.add(seats(seq, start, seats.size(), standing));
        return messages;
    }

    private LiveMessage seats(@Nullable Long seq, int from, int to, List<StandingNow> standing) {
        return new LiveMessage.Seats(seq, List.copyOf(seats.subList(from, to)), standing);
    }
}
