package dev.abendkasse.server.catalog;

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

    private final ShopStore shops;
    private final OrganiserProperties organiser;

    ShopService(ShopStore shops, OrganiserProperties organiser) {
        this.shops = shops;
        this.organiser = organiser;
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

    public Mono<Shop> add(String shopId, ShopSettings settings) {
        return checked(settings)
                .flatMap(right -> shops.insert(shopId, right))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.PRECONDITION_REQUIRED)));
    }

    /** @param version what the caller is looking at */
    public Mono<Shop> replace(String shopId, long version, ShopSettings settings) {
        return checked(settings)
                .flatMap(right -> shops.replace(shopId, version, right))
                .switchIfEmpty(Mono.defer(() -> shops.find(shopId).hasElement().flatMap(ShopService::notReplaced)));
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
        var origins = canonicalOrigins(given.returnOrigins(), faults);
        pageFault(given.terms().paymentPageUrl(), origins).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.PROGRAMME_INVALID, faults, Map.of());
        }
        return given.withReturnOrigins(origins);
    }

    /** Links lead only to the shop's own pages, and their secret takes the place of the fragment. */
    private static Optional<Fault> pageFault(@Nullable String page, List<String> origins) {
        if (page == null) {
            return Optional.empty();
        }
        var origin = Origin.of(page);
        var fault = origin.isEmpty()
                ? "{fault.web-address}"
                : page.contains("#")
                        ? "{fault.fragment}"
                        : origins.contains(origin.get()) ? null : "{fault.not-registered}";
        return Optional.ofNullable(fault).map(text -> Fault.at("#/paymentPageUrl", text));
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
