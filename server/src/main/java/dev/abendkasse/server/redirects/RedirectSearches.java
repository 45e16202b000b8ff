package dev.abendkasse.server.redirects;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.redirects.domain.RedirectSearch;
import dev.abendkasse.server.redirects.domain.RedirectedCheckout;
import dev.abendkasse.server.redirects.store.RedirectStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Finds out why buyers were sent to the overview. */
@Service
public class RedirectSearches {

    private final RedirectStore redirects;
    private final PersonKeys persons;
    private final Audit audit;

    RedirectSearches(RedirectStore redirects, PersonKeys persons, Audit audit) {
        this.redirects = redirects;
        this.persons = persons;
        this.audit = audit;
    }

    /**
     * The newest first. That somebody looks is written down, under the key of the address that they look for, never with the
     * address.
     *
     * @param by who looks
     * @param backOffice whether they may see all of an entry
     */
    public Mono<Page<RedirectedCheckout>> find(RedirectSearch search, String by, boolean backOffice) {
        var key = search.email() == null ? null : persons.keyOf(search.email());
        return audit.noted(
                redirects
                        .search(search, key)
                        .map(found -> found.stream()
                                .map(attempt -> backOffice ? attempt : attempt.atTheBoxOffice())
                                .toList())
                        .map(found -> Page.of(found, search.limit(), RedirectedCheckout::cursor)),
                page -> AuditNote.of(by, "redirect.read", subject(search, key), shown(search, page)));
    }

    private static @Nullable Object subject(RedirectSearch search, @Nullable String key) {
        if (key != null) {
            return key;
        }
        return search.customerId() == null ? search.cartId() : search.customerId();
    }

    private static Map<String, @Nullable Object> shown(RedirectSearch search, Page<RedirectedCheckout> page) {
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("customerId", search.customerId());
        shown.put("cartId", search.cartId());
        shown.put(
                "found",
                page.items().stream().map(RedirectedCheckout::redirectId).toList());
        shown.put("entries", entries(page));
        return shown;
    }

    private static List<UUID> entries(Page<RedirectedCheckout> page) {
        return page.items().stream()
                .flatMap(attempt -> attempt.blocks().stream())
                .map(RedirectedCheckout.Block::entryId)
                .distinct()
                .toList();
    }
}
