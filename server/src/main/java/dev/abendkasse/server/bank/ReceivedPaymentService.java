package dev.abendkasse.server.bank;

import dev.abendkasse.server.bank.domain.Booking;
import dev.abendkasse.server.bank.domain.Booking.Transfer;
import dev.abendkasse.server.bank.domain.BookingResult;
import dev.abendkasse.server.bank.domain.OrderName;
import dev.abendkasse.server.bank.domain.ReceivedPayment;
import dev.abendkasse.server.bank.store.ReceivedPaymentStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Books transfers that staff know of from elsewhere. */
@Service
public class ReceivedPaymentService {

    private final ReceivedPaymentStore payments;

    ReceivedPaymentService(ReceivedPaymentStore payments) {
        this.payments = payments;
    }

    /** @param by who books it */
    public Mono<BookingResult> book(OrderName order, Transfer transfer, String by, Idempotency repeat) {
        var booking = Booking.byHand(
                UUID.randomUUID(), order, transfer, by, CaseNumber.random().value(), repeat);
        return payments.book(booking).retryWhen(oncePerKey());
    }

    /** The latest first. */
    public Mono<Page<ReceivedPayment>> list(@Nullable UUID order, @Nullable TimeCursor<UUID> before, int limit) {
        return payments.list(order, before, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, ReceivedPaymentService::cursor));
    }

    /** Two requests with one key meet on its primary key: the one that lost has changed nothing and asks again. */
    static Retry oncePerKey() {
        return Retry.max(1).filter(DataIntegrityViolationException.class::isInstance);
    }

    private static String cursor(ReceivedPayment last) {
        return new TimeCursor<>(last.bookedAt(), last.receivedPaymentId()).text();
    }
}
