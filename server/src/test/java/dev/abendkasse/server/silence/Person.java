package dev.abendkasse.server.silence;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.Registration;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who buys. All addresses are equally long.
 *
 * @param email what they type at the checkout
 * @param accessToken of their account; null for a guest
 */
record Person(String email, @Nullable String accessToken) {

    private static final String PASSWORD = "correct horse battery staple";

    static Person guest() {
        return new Person(newEmail(), null);
    }

    static Person blockedGuest(Theatre theatre) throws ApiException {
        return blockedGuest(theatre.office());
    }

    static Person blockedGuest(AbendkasseOfficeClient office) throws ApiException {
        var guest = guest();
        block(office, guest.email());
        return guest;
    }

    /** Types an address that is not the account's. */
    static Person customer(Theatre theatre) throws ApiException {
        return customer(theatre, newEmail());
    }

    /** Their account is blocked by its address; what they type is not. */
    static Person blockedCustomer(Theatre theatre) throws ApiException {
        var address = newEmail();
        var customer = customer(theatre, address);
        block(theatre.office(), address);
        return customer;
    }

    private static void block(AbendkasseOfficeClient office, String email) throws ApiException {
        office.blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("A test"));
    }

    boolean hasAccount() {
        return accessToken != null;
    }

    /** As a member of a request. */
    String asBuyer() {
        return "{\"email\":\"" + email + "\",\"name\":\"Example Buyer\"}";
    }

    private static Person customer(Theatre theatre, String address) throws ApiException {
        var accounts = theatre.shop().accounts();
        accounts.register(
                new Registration().email(address).name("Example Buyer").password(PASSWORD));
        var tokens = accounts.login(new Login().email(address).password(PASSWORD));
        return new Person(newEmail(), tokens.getAccessToken());
    }

    private static String newEmail() {
        return "person-" + UUID.randomUUID() + "@example.org";
    }
}
