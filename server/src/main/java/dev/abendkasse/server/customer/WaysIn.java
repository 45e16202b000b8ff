package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountResult;
import dev.abendkasse.server.customer.domain.LoginHelp;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.LoginName;
import dev.abendkasse.server.shared.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Links for those who cannot get in. A request only posts that somebody asked: who it is, and whether a mail goes out, is found when
 * the answer has left, so that the answer cannot tell.
 */
@Service
public class WaysIn {

    static final String KIND = "ACCOUNT_HELP";

    private static final Duration AFTER_FAILURE = Duration.ofDays(1);
    private static final Duration WHEN_ASKED = Duration.ofMinutes(5);

    private final CustomerStore accounts;
    private final Secrets secrets;

    WaysIn(CustomerStore accounts, Secrets secrets) {
        this.accounts = accounts;
        this.secrets = secrets;
    }

    /**
     * Ends with {@code sign-in-not-open} for everybody alike.
     *
     * @param typed the current address, or a user name of the former shop
     * @param cart what is held in it is held a little longer, once
     */
    public Mono<Void> ask(String typed, @Nullable LoginCart cart) {
        return post(help(LoginName.of(typed), true, WHEN_ASKED, cart));
    }

    Mono<Void> afterFailure(LoginName name) {
        return post(help(name, false, AFTER_FAILURE, null));
    }

    private Mono<Void> post(LoginHelp help) {
        return accounts.askForHelp(help)
                .flatMap(result -> result instanceof AccountResult.Refused(var problem)
                        ? Mono.error(new ProblemException(problem))
                        : Mono.empty());
    }

    /** The same name posts nothing more for a while, by the clock of whichever replica it comes to. */
    private LoginHelp help(LoginName name, boolean asked, Duration pause, @Nullable LoginCart cart) {
        var who = HexFormat.of().formatHex(secrets.keyedHash("account-help", name.canonical()));
        var period = Clock.systemUTC().millis() / pause.toMillis();
        return new LoginHelp(
                KIND,
                "%s:%s:%d".formatted(asked ? "asked" : "failed", who, period),
                name.canonical(),
                asked,
                cart == null ? null : cart.reference(secrets));
    }
}
