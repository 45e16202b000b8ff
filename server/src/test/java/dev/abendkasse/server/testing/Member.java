package dev.abendkasse.server.testing;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Buyer;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.Registration;
import dev.abendkasse.server.shared.CustomerId;
import java.util.UUID;

/** A customer with an account, who is signed in and whose every detail is known. */
public record Member(Theatre theatre, String email, String name, UUID id, String token) {

    public static final String PASSWORD = "correct horse battery staple";

    /** Made at the services behind the web edge, which is quick; there is no password. */
    public static Member join(Theatre theatre) {
        var mark = UUID.randomUUID().toString();
        var email = "member-" + mark + "@example.org";
        var id = new Buyers(theatre.server(), theatre.db()).customer(email);
        Theatre.execute(theatre.db(), """
                update customer set name = 'Member %s', phone = '030 1234567' where customer_id = '%s'
                """.formatted(mark, id.value()));
        return new Member(theatre, email, "Member " + mark, id.value(), signedIn(theatre, id));
    }

    /** As people do it, with {@link #PASSWORD}. */
    public static Member register(Theatre theatre, String email, String name) throws ApiException {
        theatre.shop()
                .accounts()
                .register(new Registration()
                        .email(email)
                        .name(name)
                        .phone("030 1234567")
                        .password(PASSWORD));
        var token = logIn(theatre, email);
        return new Member(
                theatre, email, name, theatre.shop(token).accounts().getMe().getCustomerId(), token);
    }

    /** The same customer, with another token. */
    public Member again() {
        return new Member(theatre, email, name, id, signedIn(theatre, new CustomerId(id)));
    }

    public AbendkasseClient shop() {
        return theatre.shop(token);
    }

    private static String signedIn(Theatre theatre, CustomerId customer) {
        return theatre.server().tokenOf(customer);
    }

    /** @return an access token */
    public static String logIn(Theatre theatre, String email) throws ApiException {
        return theatre.shop()
                .accounts()
                .login(new Login().email(email).password(PASSWORD))
                .getAccessToken();
    }

    /** Places for 50.00 each. */
    public Outcome buy(int places, PaymentMethod method) throws ApiException {
        var cart = shop().carts().createCart(new CartCreation().items(theatre.best("ga", places)), UUID.randomUUID());
        return Theatre.checkOut(
                shop(),
                cart,
                UUID.randomUUID(),
                new CheckoutRequest()
                        .paymentMethod(method)
                        .buyer(new Buyer().email(email).name(name)));
    }

    public long count(String from) {
        return theatre.count("select count(*) from " + from + " and customer_id = '" + id + "'");
    }
}
