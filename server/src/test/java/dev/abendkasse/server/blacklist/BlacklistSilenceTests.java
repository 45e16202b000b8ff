package dev.abendkasse.server.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.server.testing.LogRecorder;
import dev.abendkasse.server.testing.Theatre;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is written down where others than staff of the back office read. */
@Isolated("Reads what the process logs.")
class BlacklistSilenceTests {

    @Test
    void b7NothingOfABlockIsLogged() throws Exception {
        try (var theatre = Theatre.open()) {
            // What is told of classes when they are used for the first time is not about anybody.
            blockedCheckout(theatre);

            var recorded = LogRecorder.record(LogRecorder.USUAL, () -> blockedCheckout(theatre));

            assertThat(recorded.lines())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT)
                            .matches("(?s).*(blacklist|redirect|" + recorded.result() + ").*"));
        }
    }

    private static String blockedCheckout(Theatre theatre) throws Exception {
        var email = "blocked-" + UUID.randomUUID() + "@example.org";
        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Test"));
        var outcome = Theatre.checkOut(
                theatre.shop(),
                theatre.hold(theatre.best("free", 1)),
                UUID.randomUUID(),
                new CheckoutRequest().buyer(Theatre.buyer(email)));
        assertThat(outcome).isInstanceOf(Outcome.Redirect.class);
        return email;
    }
}
