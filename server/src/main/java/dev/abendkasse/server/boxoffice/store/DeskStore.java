package dev.abendkasse.server.boxoffice.store;

import dev.abendkasse.server.boxoffice.domain.DeskCommand;
import dev.abendkasse.server.boxoffice.domain.DeskOrder;
import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.domain.HandBack;
import dev.abendkasse.server.boxoffice.domain.HandedBack;
import dev.abendkasse.server.boxoffice.domain.PaidAtCounter;
import dev.abendkasse.server.boxoffice.domain.TakePayment;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Orders in clerks' hands; their commands are the functions of R__6_desk*.sql. */
@Repository
public class DeskStore {

    private final DeskFunctions functions;

    DeskStore(DeskFunctions functions) {
        this.functions = functions;
    }

    public Mono<DeskResult<DeskOrder>> execute(DeskCommand command) {
        return functions.call(functionFor(command), command, "order", DeskOrder.class);
    }

    public Mono<DeskResult<PaidAtCounter>> pay(TakePayment command) {
        return functions.call("take_payment", command, PaidAtCounter.class);
    }

    public Mono<DeskResult<HandedBack>> handBack(HandBack command) {
        return functions.call("hand_back", command, HandedBack.class);
    }

    /** The newest first. */
    public Mono<List<DeskOrder>> drafts(Actor actor, boolean stale, @Nullable TimeCursor<UUID> after, int limit) {
        var command =
                new Drafts(actor, stale, after == null ? null : after.at(), after == null ? null : after.id(), limit);
        return functions.list("desk_drafts", command, "orders", DeskOrder.class);
    }

    private static String functionFor(DeskCommand command) {
        return switch (command) {
            case DeskCommand.Find _ -> "find_desk_order";
            case DeskCommand.Create _ -> "create_desk_order";
            case DeskCommand.AddItems _ -> "add_desk_items";
            case DeskCommand.ChangeItem _ -> "change_desk_item";
            case DeskCommand.RemoveItem _ -> "remove_desk_item";
            case DeskCommand.SetBuyer _ -> "set_desk_buyer";
            case DeskCommand.SetNote _ -> "set_desk_note";
            case DeskCommand.Reserve _ -> "reserve_at_desk";
            case DeskCommand.Cancel _ -> "cancel_at_desk";
            case DeskCommand.OpenCase _ -> "open_desk_case";
            case DeskCommand.RenewLease _ -> "renew_lease";
            case DeskCommand.TakeOver _ -> "take_over_order";
            case DeskCommand.RecoverCart _ -> "recover_cart";
            case DeskCommand.RecoverOrder _ -> "recover_order";
        };
    }

    private record Drafts(
            Actor actor,
            boolean stale,
            @Nullable Instant afterAt,
            @Nullable UUID afterId,
            int limit) {}
}
