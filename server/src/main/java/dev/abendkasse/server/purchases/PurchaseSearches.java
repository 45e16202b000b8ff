package dev.abendkasse.server.purchases;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.purchases.domain.Purchase;
import dev.abendkasse.server.purchases.domain.PurchaseSearch;
import dev.abendkasse.server.purchases.store.PurchaseStore;
import dev.abendkasse.server.shared.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Finds purchases for clerks. */
@Service
public class PurchaseSearches {

    private final PurchaseStore purchases;
    private final Audit audit;

    PurchaseSearches(PurchaseStore purchases, Audit audit) {
        this.purchases = purchases;
        this.audit = audit;
    }

    /** The newest first. Written down is what was found, not what was typed: that may be anybody's name. */
    public Mono<Page<Purchase>> find(PurchaseSearch search) {
        return audit.noted(
                purchases.search(search),
                page -> AuditNote.of(search.by(), "purchase.search", null, Map.of("found", ids(page))));
    }

    private static List<UUID> ids(Page<Purchase> page) {
        return page.items().stream()
                .flatMap(found -> Stream.of(found.cartId(), found.orderId()))
                .filter(Objects::nonNull)
                .toList();
    }
}
