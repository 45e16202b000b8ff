package dev.abendkasse.server.purchases;

import dev.abendkasse.server.purchases.domain.Purchase;
import dev.abendkasse.server.purchases.domain.PurchaseSearch;
import dev.abendkasse.server.purchases.store.PurchaseStore;
import dev.abendkasse.server.shared.Page;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Finds purchases for clerks. */
@Service
public class PurchaseSearches {

    private final PurchaseStore purchases;

    PurchaseSearches(PurchaseStore purchases) {
        this.purchases = purchases;
    }

    /** The newest first. */
    public Mono<Page<Purchase>> find(PurchaseSearch search) {
        return purchases.search(search);
    }
}
