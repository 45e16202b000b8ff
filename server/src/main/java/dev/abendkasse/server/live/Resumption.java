package dev.abendkasse.server.live;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a client wants to go on.
 *
 * @param fresh whether it has heard nothing yet
 * @param since the position up to which it has heard everything; one that there cannot be, if it says nothing sensible
 */
record Resumption(boolean fresh, long since) {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    static Resumption from(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return new Resumption(true, Long.MAX_VALUE);
        }
        return POSITION.matcher(lastEventId).matches()
                ? new Resumption(false, Long.parseLong(lastEventId))
                : new Resumption(false, Long.MAX_VALUE);
    }
}
