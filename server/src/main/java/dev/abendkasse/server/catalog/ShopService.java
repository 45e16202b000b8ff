package dev.abendkasse.server.catalog;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.catalog.Shop.ShopSettings;
import dev.abendkasse.server.catalog.domain.Cursor;
import dev.abendkasse.server.catalog.store.ShopStore;
import dev.abendkasse.server.organiser.OrganiserProperties;
import dev.abendkasse.server.security.TrustedOrigins;
import dev.abendkasse.server.shared.Origin;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Sets up shop front ends. */
@Service
public class ShopService implements TrustedOrigins {

    private static final String BANK_TRANSFER = "BANK_TRANSFER";
    private static final int LEAST_REMINDER = 3600;

    private final ShopStore shops;
    private final OrganiserProperties organiser;
    private final Audit audit;

    ShopService(ShopStore shops, OrganiserProperties organiser, Audit audit) {
        this.shops = shops;
        this.organiser = organiser;
        this.audit = audit;
    }

    public Mono<Shop> byId(String shopId) {
        return shops.find(shopId);
    }

    @Override
    public Mono<Set<String>> trusted() {
        return shops.returnOrigins().collect(Collectors.toUnmodifiableSet());
    }

    /** @param after the last id of the page before, or empty */
    public Mono<Page<Shop>> list(String after, int limit) {
        return shops.list(after, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, shop -> Cursor.of(shop.shopId())));
    }

    /** @param by who adds it */
    public Mono<Shop> add(String shopId, ShopSettings settings, String by) {
        return audit.noted(
                        checked(settings).flatMap(right -> shops.insert(shopId, right)),
                        shop -> AuditNote.of(by, "shop.set", shopId, Map.of("after", shop.settings())))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.PRECONDITION_REQUIRED)));
    }

    /**
     * @param version what the caller is looking at
     * @param by who changes it
     */
    public Mono<Shop> replace(String shopId, long version, ShopSettings settings, String by) {
        return checked(settings)
                .flatMap(right -> change(shopId, version, right, by))
                .switchIfEmpty(Mono.defer(() -> shops.find(shopId).hasElement().flatMap(ShopService::notReplaced)));
    }

    private Mono<Shop> change(String shopId, long version, ShopSettings settings, String by) {
        return audit.noted(
                        shops.lock(shopId)
                                .flatMap(before -> shops.replace(shopId, version, settings)
                                        .map(after -> new Change(before.settings(), after))),
                        change -> AuditNote.of(by, "shop.set", shopId, change.asDetails()))
                .map(Change::after);
    }

    /** What was changed into what. */
    private record Change(ShopSettings before, Shop after) {

        Map<String, ShopSettings> asDetails() {
            return Map.of("before", before, "after", after.settings());
        }
    }

    private Mono<ShopSettings> checked(ShopSettings settings) {
        return Mono.fromCallable(() -> canonical(settings));
    }

    private ShopSettings canonical(ShopSettings given) {
        var faults = new ArrayList<Fault>();
        if (Origin.of(given.overviewUrl()).isEmpty()) {
            faults.add(Fault.at("#/overviewUrl", "{fault.web-address}"));
        }
        if (given.holdCapSeconds() < given.holdSeconds()) {
            faults.add(Fault.at("#/holdCapSeconds", "{fault.cap-below-hold}"));
        }
        if (given.paymentMethods().contains(BANK_TRANSFER) && organiser.account() == null) {
            faults.add(Fault.at("#/paymentMethods", "{fault.no-bank-account}"));
        }
        var reminder = given.reservations().reminderSeconds();
        if (reminder > 0 && reminder < LEAST_REMINDER) {
            faults.add(Fault.at("#/reminderSeconds", "{fault.reminder}"));
        }
        var origins = canonicalOrigins(given.returnOrigins(), faults);
        pageFault("#/paymentPageUrl", given.terms().paymentPageUrl(), origins).ifPresent(faults::add);
        pageFault("#/accountPageUrl", given.terms().accountPageUrl(), origins).ifPresent(faults::add);
        pageFault("#/casePageUrl", given.terms().casePageUrl(), origins).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.PROGRAMME_INVALID, faults, Map.of());
        }
        return given.withReturnOrigins(origins);
    }

    /** Links lead only to the shop's own pages, and their secret takes the place of the fragment. */
    private static Optional<Fault> pageFault(String pointer, @Nullable String page, List<String> origins) {
        if (page == null) {
            return Optional.empty();
        }
        var origin = Origin.of(page);
        var fault = origin.isEmpty()
                ? "{fault.web-address}"
                : page.contains("#")
                        ? "{fault.fragment}"
                        : origins.contains(origin.get()) ? null : "{fault.not-registered}";
        return Optional.ofNullable(fault).map(text -> Fault.at(pointer, text));
    }

    private static List<String> canonicalOrigins(List<String> given, List<Fault> faults) {
        var origins = new ArrayList<String>();
        for (int i = 0; i < given.size(); i++) {
            var pointer = "#/returnOrigins/" + i;
            Origin.only(given.get(i))
                    .ifPresentOrElse(origins::add, () -> faults.add(Fault.at(pointer, "{fault.origin}")));
        }
        return origins.stream().distinct().toList();
    }

    private static Mono<Shop> notReplaced(boolean exists) {
        return Mono.error(new ProblemException(exists ? ProblemType.VERSION_CONFLICT : ProblemType.SHOP_NOT_FOUND));
    }
}
