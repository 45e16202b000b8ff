package dev.abendkasse.server.boxoffice.store;

import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.domain.Hijack;
import dev.abendkasse.server.boxoffice.domain.HijackCommand;
import dev.abendkasse.server.boxoffice.domain.HijackNotice;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Hijacks in the database; their commands are the functions of R__6_desk_hijacks.sql. */
@Repository
public class HijackStore {

    private final DeskFunctions functions;

    HijackStore(DeskFunctions functions) {
        this.functions = functions;
    }

    public Mono<DeskResult<Hijack>> execute(HijackCommand command) {
        return functions.call(functionFor(command), command, "hijack", Hijack.class);
    }

    public Mono<DeskResult<HijackNotice>> notice(HijackCommand.Find find) {
        return functions.call("hijack_notice", find, "notice", HijackNotice.class);
    }

    /** Before a cart is had back. */
    public Mono<DeskResult<HijackNotice>> noticeOfCart(HijackCommand.FindNotice find) {
        return functions.call("cart_notice", find, "notice", HijackNotice.class);
    }

    /** Before an order is had back, or made binding. */
    public Mono<DeskResult<HijackNotice>> noticeOfOrder(HijackCommand.FindNotice find) {
        return functions.call("order_notice", find, "notice", HijackNotice.class);
    }

    private static String functionFor(HijackCommand command) {
        return switch (command) {
            case HijackCommand.Find _ -> "find_hijack";
            case HijackCommand.Create _ -> "create_hijack";
            case HijackCommand.Withdraw _ -> "withdraw_hijack";
            case HijackCommand.Confirm _ -> "confirm_hijack";
        };
    }
}
