package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.BlacklistDisclosureRequest;
import dev.abendkasse.office.model.BlacklistDisclosureSearch;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.office.model.RedirectedCheckoutSearch;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What staff decide about persons, and what they look at for it. */
record PersonDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    Map<String, Deed> all() {
        return Map.of(
                "addBlacklistEntry",
                Deed.once(() -> () -> block()),
                "liftBlacklistEntry",
                Deed.repeatable(() -> {
                    var entry = block().getEntryId();
                    return () -> office.blacklist().liftBlacklistEntry(entry, new BlacklistLiftingNote().note("Paid"));
                }),
                "listBlacklistEntries",
                Deed.once(() -> () -> office.blacklist().listBlacklistEntries(email(), true, null, null)),
                "searchRedirectedCheckouts",
                Deed.once(() -> () ->
                        office.redirects().searchRedirectedCheckouts(new RedirectedCheckoutSearch().email(email()))),
                "discloseBlacklisting",
                Deed.once(() -> () -> office.blacklistDisclosures()
                        .discloseBlacklisting(
                                new BlacklistDisclosureRequest().email(email()).proof("Passport"))),
                "searchBlacklistDisclosures",
                Deed.once(() -> () ->
                        office.blacklistDisclosures().searchBlacklistDisclosures(new BlacklistDisclosureSearch())),
                "getCreditAccount",
                Deed.once(() -> {
                    var customer = customer();
                    return () -> office.credit().getCreditAccount(customer);
                }),
                "setCreditLimit",
                Deed.once(() -> {
                    var customer = customer();
                    return () -> office.credit()
                            .setCreditLimit(customer, "\"1\"", new CreditLimitChange().reason("Pays in time"));
                }),
                "listReceivables",
                Deed.once(() -> () -> office.receivables().listReceivables(null, null, null)));
    }

    private BlacklistEntry block() throws ApiException {
        return office.blacklist()
                .addBlacklistEntry(new BlacklistDraft().email(email()).reason("Test"));
    }

    private static String email() {
        return "buyer-" + UUID.randomUUID() + "@example.org";
    }

    private UUID customer() {
        return theatre.db()
                .sql("insert into customer (name, password_hash) values ('Example', 'none') returning customer_id")
                .mapValue(UUID.class)
                .one()
                .block();
    }
}
