package dev.abendkasse.server.customer;

import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.api.AccountsApi;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.Registration;
import dev.abendkasse.sdk.model.Session;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import java.util.regex.Pattern;

/** A shop with accounts, and the mailboxes of its customers. */
final class Accounts implements AutoCloseable {

    static final String PASSWORD = "correct horse battery";

    private static final Pattern LINK =
            Pattern.compile("https://shop\\.example\\.org/account#([a-z-]+)=([A-Za-z0-9_-]{64})");

    final Postbox postbox;
    final Theatre theatre;

    private Accounts(Postbox postbox, Theatre theatre) {
        this.postbox = postbox;
        this.theatre = theatre;
    }

    static Accounts open() {
        var postbox = Postbox.open();
        var theatre = Theatre.open(postbox.settings());
        Theatre.execute(theatre.db(), "update shop set account_page_url = 'https://shop.example.org/account'");
        return new Accounts(postbox, theatre);
    }

    @Override
    public void close() {
        theatre.close();
        postbox.close();
    }

    static String email() {
        return "customer-" + UUID.randomUUID() + "@example.org";
    }

    AccountsApi guest() {
        return theatre.shop().accounts();
    }

    AccountsApi as(Session session) {
        return shop(session).accounts();
    }

    AbendkasseClient shop(Session session) {
        return theatre.shop(session.getAccessToken());
    }

    /** @return the new account's address */
    String register() throws ApiException {
        var email = email();
        register(email);
        return email;
    }

    void register(String email) throws ApiException {
        guest().register(
                        new Registration().email(email).name("Example Customer").password(PASSWORD));
    }

    Session login(String email, String password) throws ApiException {
        return guest().login(new Login().email(email).password(password));
    }

    /** The secret of the latest link of a kind, once there are so many mails. */
    String linkTo(String email, int mails, String kind) throws Exception {
        for (var mail : postbox.mailsTo(email, mails).reversed()) {
            var link = LINK.matcher(MailFixture.read(mail).text());
            if (link.find() && link.group(1).equals(kind)) {
                return link.group(2);
            }
        }
        throw new AssertionError("No link of " + kind + " to " + email);
    }

    /** As an import leaves somebody whose hash cannot be used. */
    void forgetPassword(String email) {
        Theatre.execute(
                theatre.db(),
                "update customer set password_hash = null, password_changed_at = null where " + is(email));
    }

    static String is(String email) {
        return "customer_id = (select customer_id from customer_email where until is null and canonical = '" + email
                + "')";
    }
}
