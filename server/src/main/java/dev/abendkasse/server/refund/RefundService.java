package dev.abendkasse.server.refund;

import dev.abendkasse.server.refund.domain.Refund;
import dev.abendkasse.server.refund.domain.RefundCommand;
import dev.abendkasse.server.refund.domain.RefundResult;
import dev.abendkasse.server.refund.store.RefundStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.OrderAccess;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Gives tickets and money back. The provider is told afterwards, through the outbox. */
@Service
public class RefundService {

    private final RefundStore refunds;
    private final Secrets secrets;

    RefundService(RefundStore refunds, Secrets secrets) {
        this.refunds = refunds;
        this.secrets = secrets;
    }

    /** What the buyer can give back. */
    public Mono<RefundResult> terms(OrderAccess access) {
        return refunds.execute(new RefundCommand.Terms(access.order().value(), tokenHash(access), customer(access)));
    }

    /** @param items null: all */
    public Mono<RefundResult> returnTickets(OrderAccess access, @Nullable Set<UUID> items, Idempotency repeat) {
        return refunds.execute(new RefundCommand.Return(
                access.order().value(), tokenHash(access), customer(access), items, "request:" + repeat.key(), repeat));
    }

    public Mono<RefundResult> refund(RefundCommand.ByStaff command) {
        return refunds.execute(command);
    }

    /** Somebody has handed the money over. */
    public Mono<RefundResult> confirm(UUID refund, String note, String by) {
        return refunds.execute(new RefundCommand.Confirm(refund, note, by));
    }

    /** The oldest first. */
    public Mono<Page<Refund>> list(Refund.@Nullable State state, @Nullable TimeCursor<UUID> after, int limit) {
        return refunds.list(state, after, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, RefundService::cursor));
    }

    private static String cursor(Refund last) {
        return new TimeCursor<>(last.createdAt(), last.refundId()).text();
    }

    private @Nullable String tokenHash(OrderAccess access) {
        return Optional.ofNullable(access.token()).map(secrets::hexHash).orElse(null);
    }

    private static @Nullable UUID customer(OrderAccess access) {
        return Optional.ofNullable(access.customer()).map(CustomerId::value).orElse(null);
    }
}
