package dev.abendkasse.server.gate;

import dev.abendkasse.server.gate.domain.ChangeCursor;
import dev.abendkasse.server.gate.domain.CheckIn;
import dev.abendkasse.server.gate.domain.CheckInCommand;
import dev.abendkasse.server.gate.domain.CheckInCommand.ReadScan;
import dev.abendkasse.server.gate.domain.TicketChanges;
import dev.abendkasse.server.gate.store.GateStore;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.ticket.SignedTicket;
import dev.abendkasse.server.ticket.TicketCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Lets people in: a ticket is good for once, whichever gates see it. */
@Service
public class CheckIns {

    private final TicketCodes codes;
    private final GateStore store;
    private final GateProperties properties;

    CheckIns(TicketCodes codes, GateStore store, GateProperties properties) {
        this.codes = codes;
        this.store = store;
        this.properties = properties;
    }

    /** What becomes of each scan, in their order. Only codes that we have signed reach the database. */
    public Mono<List<CheckIn>> checkIn(List<Scan> scans, GateDesk desk, Idempotency repeat) {
        return codes.read(scans.stream().map(Scan::code).toList())
                .flatMap(read -> admit(known(scans, read), desk, repeat).map(answers -> inOrder(read, answers)));
    }

    /** What has changed about a performance's tickets, for gates without a network. */
    public Mono<TicketChanges> changes(UUID performanceId, ChangeCursor after, int limit) {
        return store.changes(performanceId, after, limit);
    }

    private Mono<List<CheckIn>> admit(List<ReadScan> scans, GateDesk desk, Idempotency repeat) {
        return store.checkIn(new CheckInCommand(
                scans,
                desk.gate(),
                desk.by(),
                properties.opensBefore().toSeconds(),
                properties.closesAfter().toSeconds(),
                repeat));
    }

    private static List<ReadScan> known(List<Scan> scans, List<Optional<SignedTicket>> read) {
        return IntStream.range(0, scans.size())
                .boxed()
                .flatMap(index -> read.get(index).map(ticket -> readScan(scans.get(index), ticket)).stream())
                .toList();
    }

    private static ReadScan readScan(Scan scan, SignedTicket ticket) {
        return new ReadScan(scan.scanId(), ticket.ticketId(), ticket.performanceId(), scan.performanceId(), scan.at());
    }

    private static List<CheckIn> inOrder(List<Optional<SignedTicket>> read, List<CheckIn> answers) {
        var next = answers.iterator();
        var all = new ArrayList<CheckIn>();
        read.forEach(ticket -> all.add(ticket.isPresent() ? next.next() : CheckIn.unknown()));
        return all;
    }
}
