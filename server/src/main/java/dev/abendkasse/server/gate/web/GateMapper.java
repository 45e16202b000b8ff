package dev.abendkasse.server.gate.web;

import dev.abendkasse.api.model.CheckInBatch;
import dev.abendkasse.api.model.CheckInBatchResult;
import dev.abendkasse.api.model.CheckInRequest;
import dev.abendkasse.api.model.CheckInResult;
import dev.abendkasse.api.model.OfflineScan;
import dev.abendkasse.api.model.RevocationReason;
import dev.abendkasse.api.model.ScanOutcome;
import dev.abendkasse.api.model.TicketChangePage;
import dev.abendkasse.api.model.TicketKeySet;
import dev.abendkasse.api.model.TicketState;
import dev.abendkasse.server.gate.Scan;
import dev.abendkasse.server.gate.domain.CheckIn;
import dev.abendkasse.server.gate.domain.GateTicket;
import dev.abendkasse.server.gate.domain.RevokedReason;
import dev.abendkasse.server.gate.domain.TicketChange;
import dev.abendkasse.server.gate.domain.TicketChanges;
import dev.abendkasse.server.ticket.TicketKey;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows the gate's matters as the contract has them. */
final class GateMapper {

    private GateMapper() {}

    /** @param key known again in a batch, if the answer is lost and the gate goes offline */
    static List<Scan> toScans(CheckInRequest request, UUID key) {
        return List.of(new Scan(key, request.getCode(), request.getPerformanceId(), null));
    }

    static List<Scan> toScans(CheckInBatch batch) {
        return batch.getScans().stream().map(GateMapper::toScan).toList();
    }

    private static Scan toScan(OfflineScan scan) {
        return new Scan(scan.getScanId(), scan.getCode(), scan.getPerformanceId(), scan.getScannedAt());
    }

    static CheckInBatchResult toContract(List<Scan> scans, List<CheckIn> checkIns) {
        return new CheckInBatchResult(IntStream.range(0, scans.size())
                .mapToObj(index -> new ScanOutcome(scans.get(index).scanId(), toContract(checkIns.get(index))))
                .toList());
    }

    static dev.abendkasse.api.model.CheckIn toContract(CheckIn checkIn) {
        return new dev.abendkasse.api.model.CheckIn(
                        CheckInResult.valueOf(checkIn.result().name()))
                .ticket(toContract(checkIn.ticket()))
                .admittedAt(checkIn.admittedAt())
                .gate(checkIn.gate())
                .revokedReason(toContract(checkIn.revokedReason()))
                .opensAt(checkIn.opensAt())
                .closedAt(checkIn.closedAt());
    }

    private static dev.abendkasse.api.model.@Nullable GateTicket toContract(@Nullable GateTicket ticket) {
        return ticket == null
                ? null
                : new dev.abendkasse.api.model.GateTicket(
                                ticket.ticketId(),
                                ticket.performanceId(),
                                ticket.title(),
                                ticket.hall(),
                                ticket.startsAt(),
                                ticket.timeZone(),
                                ticket.categoryName(),
                                ticket.priceTypeName())
                        .seat(PurchaseMapper.toContract(ticket.seat()));
    }

    static TicketChangePage toContract(TicketChanges changes) {
        return new TicketChangePage(
                changes.items().stream().map(GateMapper::toContract).toList(),
                changes.next().text(),
                changes.more());
    }

    private static dev.abendkasse.api.model.TicketChange toContract(TicketChange change) {
        return new dev.abendkasse.api.model.TicketChange(
                        change.ticketId(),
                        TicketState.valueOf(change.state().name()),
                        change.categoryName(),
                        change.priceTypeName())
                .revokedReason(toContract(change.revokedReason()))
                .admittedAt(change.admittedAt())
                .gate(change.gate())
                .seat(PurchaseMapper.toContract(change.seat()));
    }

    static TicketKeySet toContract(List<TicketKey> keys) {
        return new TicketKeySet(keys.stream().map(GateMapper::toContract).toList());
    }

    private static dev.abendkasse.api.model.TicketKey toContract(TicketKey key) {
        return new dev.abendkasse.api.model.TicketKey("EC", "P-256", "ES256", "sig", key.keyId(), key.x(), key.y());
    }

    private static @Nullable RevocationReason toContract(@Nullable RevokedReason reason) {
        return reason == null ? null : RevocationReason.valueOf(reason.name());
    }
}
