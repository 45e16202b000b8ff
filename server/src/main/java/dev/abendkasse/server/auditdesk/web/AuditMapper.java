package dev.abendkasse.server.auditdesk.web;

import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.api.model.AuditCheck;
import dev.abendkasse.api.model.AuditEntryPage;
import dev.abendkasse.api.model.AuditFault;
import dev.abendkasse.api.model.AuditFaultKind;
import dev.abendkasse.api.model.AuditHead;
import dev.abendkasse.api.model.AuditKey;
import dev.abendkasse.server.auditdesk.AuditDesk.CheckedChain;
import dev.abendkasse.server.auditdesk.SignedHead;
import dev.abendkasse.server.auditdesk.domain.AuditEntry;
import dev.abendkasse.server.auditdesk.domain.ChainCheck;
import dev.abendkasse.server.shared.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. Kinds of faults have the same names on both. */
final class AuditMapper {

    private AuditMapper() {}

    static AuditEntryPage toPage(Page<AuditEntry> page) {
        return new AuditEntryPage()
                .items(page.items().stream().map(AuditMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static AuditHead toContract(SignedHead signed, List<ECKey> keys) {
        return new AuditHead()
                .seq(signed.head().seq())
                .at(signed.head().at())
                .hash(signed.head().hash())
                .signed(signed.text())
                .keys(keys.stream().map(AuditMapper::toContract).toList());
    }

    static AuditCheck toContract(CheckedChain checked) {
        var check = checked.check();
        return new AuditCheck()
                .from(check.from())
                .through(check.through())
                .head(check.head())
                .erased(check.erased())
                .signedThrough(checked.signedThrough())
                .fault(toContract(check.fault()))
                .next(check.next());
    }

    private static dev.abendkasse.api.model.AuditEntry toContract(AuditEntry entry) {
        return new dev.abendkasse.api.model.AuditEntry()
                .seq(entry.seq())
                .at(entry.at())
                .by(entry.by())
                .action(entry.action())
                .subject(entry.subject())
                .details(entry.details())
                .previousHash(entry.previousHash())
                .hash(entry.hash());
    }

    private static AuditKey toContract(ECKey key) {
        return new AuditKey(
                "EC",
                "P-256",
                "ES256",
                "sig",
                key.getKeyID(),
                key.getX().toString(),
                key.getY().toString());
    }

    private static @Nullable AuditFault toContract(ChainCheck.@Nullable Fault fault) {
        return fault == null
                ? null
                : new AuditFault(
                        fault.seq(), AuditFaultKind.valueOf(fault.kind().name()));
    }
}
