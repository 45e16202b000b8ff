package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.boxoffice.domain.DeskCommand;
import dev.abendkasse.server.boxoffice.domain.DeskOrder;
import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.store.DeskStore;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Contact;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Orders that clerks make and work on. Each command is one statement. */
@Service
public class DeskOrders {

    private final DeskStore desk;
    private final Orders orders;
    private final PersonKeys persons;
    private final CreditProperties credit;

    DeskOrders(DeskStore desk, Orders orders, PersonKeys persons, CreditProperties credit) {
        this.desk = desk;
        this.orders = orders;
        this.persons = persons;
        this.credit = credit;
    }

    public Mono<DeskResult<DeskOrder>> find(UUID order, Actor actor) {
        return desk.execute(new DeskCommand.Find(order, actor));
    }

    /** The order, for uses that need no more than being allowed to see it. */
    public Mono<OrderId> see(UUID order, Actor actor) {
        return find(order, actor).map(result -> switch (result) {
            case DeskResult.Done<DeskOrder>(var found) -> new OrderId(found.orderId());
            case DeskResult.Refused<DeskOrder>(var why) -> throw new ProblemException(why.refused());
        });
    }

    /**
     * Orders at the box office, the newest first.
     *
     * @param stale only those that wait for a supervisor
     */
    public Mono<Page<DeskOrder>> drafts(Actor actor, boolean stale, @Nullable TimeCursor<UUID> after, int limit) {
        return desk.drafts(actor, stale, after, limit + 1).map(found -> Page.of(found, limit, DeskOrders::cursor));
    }

    public Mono<DeskResult<DeskOrder>> create(NewOrder draft, Actor actor, Idempotency repeat) {
        var identity = orders.newIdentity();
        return desk.execute(new DeskCommand.Create(
                identity.orderId(),
                identity.tokenHash(),
                draft.shopId(),
                draft.selection(),
                draft.buyer(),
                draft.buyer() == null ? null : keyOf(draft.buyer()),
                draft.note(),
                draft.language(),
                actor,
                repeat));
    }

    public Mono<DeskResult<DeskOrder>> addItems(Task task, Selection selection) {
        return desk.execute(new DeskCommand.AddItems(
                task.order(), task.fence(), selection, defaultLimit(), task.actor(), task.repeat()));
    }

    public Mono<DeskResult<DeskOrder>> changeItem(Task task, UUID item, String priceType) {
        return desk.execute(new DeskCommand.ChangeItem(
                task.order(), task.fence(), item, priceType, defaultLimit(), task.actor(), task.repeat()));
    }

    public Mono<DeskResult<DeskOrder>> removeItem(Task task, UUID item) {
        return desk.execute(new DeskCommand.RemoveItem(task.order(), task.fence(), item, task.actor(), task.repeat()));
    }

    public Mono<DeskResult<DeskOrder>> setBuyer(Task task, Contact buyer) {
        return desk.execute(
                new DeskCommand.SetBuyer(task.order(), task.fence(), buyer, keyOf(buyer), task.actor(), task.repeat()));
    }

    public Mono<DeskResult<DeskOrder>> setNote(Task task, String note) {
        return desk.execute(new DeskCommand.SetNote(task.order(), task.fence(), note, task.actor(), task.repeat()));
    }

    private @Nullable String keyOf(Contact buyer) {
        return buyer.email() == null ? null : persons.keyOf(buyer.email());
    }

    private long defaultLimit() {
        return credit.defaultLimit().amount();
    }

    private static String cursor(DeskOrder last) {
        return new TimeCursor<>(last.createdAt(), last.orderId()).text();
    }
}
