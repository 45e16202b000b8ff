package dev.abendkasse.server.bank;

import dev.abendkasse.server.bank.domain.BankLine;
import dev.abendkasse.server.bank.domain.Booking;
import dev.abendkasse.server.bank.domain.BookingResult;
import dev.abendkasse.server.bank.domain.BookingResult.Booked;
import dev.abendkasse.server.bank.domain.ExactBookings;
import dev.abendkasse.server.bank.domain.LineResult;
import dev.abendkasse.server.bank.domain.OrderName;
import dev.abendkasse.server.bank.domain.Proposal;
import dev.abendkasse.server.bank.domain.Proposal.Match;
import dev.abendkasse.server.bank.store.BankStatementStore;
import dev.abendkasse.server.bank.store.BankStatementStore.Finish;
import dev.abendkasse.server.bank.store.BankStatementStore.Go;
import dev.abendkasse.server.bank.store.BankStatementStore.Line;
import dev.abendkasse.server.bank.store.ReceivedPaymentStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Books lines of statements. The line is locked first, so of several who book it one does. */
@Service
public class LineBookings {

    private static final int AT_ONE_GO = 500;

    private final BankStatementStore statements;
    private final ReceivedPaymentStore payments;
    private final TransactionalOperator transaction;

    LineBookings(BankStatementStore statements, ReceivedPaymentStore payments, TransactionalOperator transaction) {
        this.statements = statements;
        this.payments = payments;
        this.transaction = transaction;
    }

    /** @param order by nothing: the one that is proposed */
    public Mono<BookingResult> book(UUID line, OrderName order, String by, Idempotency repeat) {
        var booked =
                order.parts() == 0 ? bookProposed(line, by, repeat) : payments.book(booking(line, order, by, repeat));
        return booked.retryWhen(ReceivedPaymentService.oncePerKey());
    }

    public Mono<LineResult> dismiss(UUID line, String reason, String by) {
        return statements.dismiss(line, reason, by);
    }

    /** Books what fits exactly, each line in a transaction of its own. Cut off, it can be asked for again. */
    public Mono<ExactBookings> bookExact(UUID statement, String by, Idempotency repeat) {
        return statements
                .likely(new Go(statement, AT_ONE_GO, repeat))
                .flatMap(likely -> likely.before() != null
                        ? Mono.just(likely.before())
                        : bookExact(statement, likely.lines(), by, repeat))
                .retryWhen(ReceivedPaymentService.oncePerKey());
    }

    private Mono<ExactBookings> bookExact(UUID statement, @Nullable List<UUID> lines, String by, Idempotency repeat) {
        var asked = lines == null ? List.<UUID>of() : lines;
        return Flux.fromIterable(asked)
                .concatMap(line -> bookIfExact(line, by))
                .filter(Booked.class::isInstance)
                .count()
                .flatMap(booked -> statements.finish(
                        new Finish(statement, booked.intValue(), booked > 0 && asked.size() == AT_ONE_GO, by, repeat)));
    }

    private Mono<BookingResult> bookProposed(UUID line, String by, Idempotency repeat) {
        return statements
                .take(new Line(line, repeat))
                .flatMap(taken -> switch (taken) {
                    case LineResult.Taken(var open) -> bookAs(Proposal.of(open), open, by, repeat);
                    case LineResult.BookedBefore(var payment) -> Mono.just(new Booked(payment));
                    case LineResult.Refused(var problem) -> Mono.just(new BookingResult.Refused(problem));
                })
                .as(transaction::transactional);
    }

    private Mono<BookingResult> bookAs(Proposal proposal, BankLine line, String by, Idempotency repeat) {
        var order = proposal.order();
        return order == null
                ? Mono.just(new BookingResult.Refused(ProblemType.BANK_LINE_UNMATCHED))
                : payments.book(booking(line.lineId(), OrderName.of(order.orderId()), by, repeat));
    }

    private Mono<BookingResult> bookIfExact(UUID line, String by) {
        return statements
                .take(new Line(line, null))
                .ofType(LineResult.Taken.class)
                .map(LineResult.Taken::line)
                .flatMap(open -> bookIfExact(Proposal.of(open), open, by))
                .as(transaction::transactional);
    }

    private Mono<BookingResult> bookIfExact(Proposal proposal, BankLine line, String by) {
        var order = proposal.order();
        return order == null || proposal.match() != Match.EXACT
                ? Mono.empty()
                : payments.book(booking(line.lineId(), OrderName.of(order.orderId()), by, null)
                        .onlyExactly());
    }

    private static Booking booking(UUID line, OrderName order, String by, @Nullable Idempotency repeat) {
        return Booking.ofLine(
                UUID.randomUUID(), order, line, by, CaseNumber.random().value(), repeat);
    }
}
