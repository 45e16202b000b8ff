package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.boxoffice.domain.DeskCommand;
import dev.abendkasse.server.boxoffice.domain.DeskOrder;
import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.domain.HandBack;
import dev.abendkasse.server.boxoffice.domain.HandedBack;
import dev.abendkasse.server.boxoffice.domain.Hijack;
import dev.abendkasse.server.boxoffice.domain.HijackCommand;
import dev.abendkasse.server.boxoffice.domain.HijackNotice;
import dev.abendkasse.server.boxoffice.store.DeskStore;
import dev.abendkasse.server.boxoffice.store.HijackStore;
import dev.abendkasse.server.cart.PickupCode;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Taking purchases over, keeping them, having them back. Each command is one statement. */
@Service
public class Hijacks {

    private final HijackStore hijacks;
    private final DeskStore desk;
    private final Orders orders;

    Hijacks(HijackStore hijacks, DeskStore desk, Orders orders) {
        this.hijacks = hijacks;
        this.desk = desk;
        this.orders = orders;
    }

    public Mono<DeskResult<Hijack>> find(UUID hijack, Actor actor) {
        return hijacks.execute(new HijackCommand.Find(hijack, actor));
    }

    /** What own staff should know before they go on. */
    public Mono<DeskResult<HijackNotice>> notice(UUID hijack, Actor actor) {
        return hijacks.notice(new HijackCommand.Find(hijack, actor));
    }

    public Mono<DeskResult<HijackNotice>> noticeOfCart(UUID cart, Actor actor) {
        return hijacks.noticeOfCart(new HijackCommand.FindNotice(cart, null, actor));
    }

    public Mono<DeskResult<HijackNotice>> noticeOfOrder(UUID order, Actor actor) {
        return hijacks.noticeOfOrder(new HijackCommand.FindNotice(null, order, actor));
    }

    /** The purchase is named in one of three ways, by its pick-up code as somebody told it. */
    public Mono<DeskResult<Hijack>> warn(
            @Nullable UUID cart, @Nullable UUID order, @Nullable String pickupCode, Actor actor, Idempotency repeat) {
        return hijacks.execute(new HijackCommand.Create(
                UUID.randomUUID(),
                cart,
                order,
                pickupCode == null ? null : PickupCode.asTold(pickupCode),
                actor,
                repeat));
    }

    public Mono<DeskResult<Hijack>> withdraw(UUID hijack, Actor actor, Idempotency repeat) {
        return hijacks.execute(new HijackCommand.Withdraw(hijack, actor, repeat));
    }

    /**
     * @param version what the clerk has seen
     * @param language in which the buyer is written to
     */
    public Mono<DeskResult<Hijack>> confirm(
            UUID hijack, long version, @Nullable String reason, String language, Actor actor, Idempotency repeat) {
        var order = orders.newIdentity();
        return hijacks.execute(new HijackCommand.Confirm(
                hijack, version, reason, order.orderId(), order.tokenHash(), language, actor, repeat));
    }

    public Mono<DeskResult<HandedBack>> handBack(Task task) {
        return desk.handBack(new HandBack(task.order(), task.fence(), PickupCode.next(), task.actor(), task.repeat()));
    }

    public Mono<DeskResult<DeskOrder>> renew(Task task) {
        return desk.execute(new DeskCommand.RenewLease(task.order(), task.fence(), task.actor(), task.repeat()));
    }

    public Mono<DeskResult<DeskOrder>> takeOver(Task task, String reason) {
        return desk.execute(new DeskCommand.TakeOver(task.order(), reason, task.actor(), task.repeat()));
    }

    /** @param language in which the buyer is written to */
    public Mono<DeskResult<DeskOrder>> recoverCart(
            UUID cart, @Nullable String reason, String language, Actor actor, Idempotency repeat) {
        var order = orders.newIdentity();
        return desk.execute(
                new DeskCommand.RecoverCart(cart, order.orderId(), order.tokenHash(), reason, language, actor, repeat));
    }

    public Mono<DeskResult<DeskOrder>> recoverOrder(Task task, @Nullable String reason) {
        return desk.execute(new DeskCommand.RecoverOrder(
                task.order(), reason, CaseNumber.random().value(), task.actor(), task.repeat()));
    }
}
