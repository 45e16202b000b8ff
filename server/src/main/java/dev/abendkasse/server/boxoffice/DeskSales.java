package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.boxoffice.domain.DeskCommand;
import dev.abendkasse.server.boxoffice.domain.DeskOrder;
import dev.abendkasse.server.boxoffice.domain.DeskResult;
import dev.abendkasse.server.boxoffice.domain.PaidAtCounter;
import dev.abendkasse.server.boxoffice.domain.TakePayment;
import dev.abendkasse.server.boxoffice.store.DeskStore;
import dev.abendkasse.server.checkout.CheckoutProperties;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.shared.CaseNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** How orders end at a box office: reserved, paid, decided on by others, cancelled. */
@Service
public class DeskSales {

    private static final int NUMBERS_OFFERED = 3;

    private final DeskStore desk;
    private final CreditProperties credit;
    private final CheckoutProperties checkout;

    DeskSales(DeskStore desk, CreditProperties credit, CheckoutProperties checkout) {
        this.desk = desk;
        this.credit = credit;
        this.checkout = checkout;
    }

    /**
     * @param payUntil null: as long as the shop reserves
     * @param reason why all the same, where one is needed
     */
    public Mono<DeskResult<DeskOrder>> reserve(Task task, @Nullable Instant payUntil, @Nullable String reason) {
        return desk.execute(new DeskCommand.Reserve(
                task.order(),
                task.lease(),
                payUntil,
                reason,
                credit.defaultLimit().amount(),
                task.actor(),
                task.repeat()));
    }

    public Mono<DeskResult<PaidAtCounter>> pay(Task task, CounterSale sale) {
        return desk.pay(new TakePayment(
                task.order(),
                task.fence(),
                UUID.randomUUID(),
                sale.method(),
                sale.amount(),
                sale.tendered(),
                sale.reference(),
                sale.reason(),
                CaseNumber.random().value(),
                task.actor(),
                task.repeat()));
    }

    /** @param refundReason why money that was booked goes back */
    public Mono<DeskResult<DeskOrder>> cancel(Task task, @Nullable String refundReason) {
        return desk.execute(
                new DeskCommand.Cancel(task.order(), task.fence(), refundReason, task.actor(), task.repeat()));
    }

    /** Asks people to let the customer owe more. */
    public Mono<DeskResult<DeskOrder>> openCase(Task task, @Nullable String note) {
        return desk.execute(new DeskCommand.OpenCase(
                task.order(),
                task.fence(),
                CaseNumber.candidates(NUMBERS_OFFERED),
                checkout.caseTime().toSeconds(),
                note,
                task.actor(),
                task.repeat()));
    }
}
