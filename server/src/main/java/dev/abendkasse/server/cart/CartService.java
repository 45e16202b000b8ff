package dev.abendkasse.server.cart;

import dev.abendkasse.server.cart.domain.CartCommand;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.cart.store.CartStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Selection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What buyers do with their carts. Each command is one statement. */
@Service
public class CartService {

    private static final String PURPOSE = "cart";

    private final CartStore carts;
    private final Secrets secrets;
    private final PersonKeys persons;

    CartService(CartStore carts, Secrets secrets, PersonKeys persons) {
        this.carts = carts;
        this.secrets = secrets;
        this.persons = persons;
    }

    /**
     * Starts a cart, with seats if there is a selection.
     *
     * <p>Two requests with one key meet on the key's primary key, and two carts with one pick-up code on its index; the
     * one that lost has changed nothing and asks again: for the first answer, or with another code.
     */
    public Mono<CartResult> create(
            String shopId,
            @Nullable CustomerId customer,
            @Nullable Selection selection,
            @Nullable Buyer buyer,
            @Nullable Idempotency repeat) {
        return Mono.defer(() -> carts.execute(newCart(shopId, customer, selection, buyer, repeat)))
                .retryWhen(reactor.util.retry.Retry.max(1).filter(DataIntegrityViolationException.class::isInstance));
    }

    public Mono<CartResult> addItems(
            CartId cart, String token, @Nullable Long version, Selection selection, @Nullable Idempotency repeat) {
        return carts.execute(
                new CartCommand.AddItems(cart.value(), secrets.hexHash(token), version, selection, repeat));
    }

    public Mono<CartResult> changeItem(CartId cart, String token, @Nullable Long version, UUID item, String priceType) {
        return carts.execute(
                new CartCommand.ChangeItem(cart.value(), secrets.hexHash(token), version, item, priceType));
    }

    public Mono<CartResult> removeItem(CartId cart, String token, @Nullable Long version, UUID item) {
        return carts.execute(new CartCommand.RemoveItem(cart.value(), secrets.hexHash(token), version, item));
    }

    public Mono<CartResult> setBuyer(CartId cart, String token, @Nullable Long version, Buyer buyer) {
        return carts.execute(new CartCommand.SetBuyer(
                cart.value(), secrets.hexHash(token), version, buyer, persons.keyOf(buyer.email())));
    }

    public Mono<CartResult> abandon(CartId cart, String token, @Nullable Long version) {
        return carts.execute(new CartCommand.Abandon(cart.value(), secrets.hexHash(token), version));
    }

    /** The cart, or empty when there is none with this id and token. */
    public Mono<CartView> find(CartId cart, String token) {
        return carts.find(cart.value(), secrets.hash(token));
    }

    /** The secret of a cart; only for the answer that makes the cart. */
    public String tokenOf(UUID cartId) {
        return secrets.tokenFor(PURPOSE, cartId);
    }

    /** For a cart that is about to be made. */
    public CartIdentity newIdentity() {
        var id = UUID.randomUUID();
        return new CartIdentity(id, secrets.hexHash(tokenOf(id)), PickupCode.next());
    }

    private CartCommand newCart(
            String shopId,
            @Nullable CustomerId customer,
            @Nullable Selection selection,
            @Nullable Buyer buyer,
            @Nullable Idempotency repeat) {
        var identity = newIdentity();
        return new CartCommand.Create(
                identity.cartId(),
                identity.tokenHash(),
                identity.pickupCode(),
                shopId,
                customer == null ? null : customer.value(),
                selection,
                buyer,
                buyer == null ? null : persons.keyOf(buyer.email()),
                repeat);
    }
}
