package dev.abendkasse.server.audit;

import static java.util.Map.entry;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.BlacklistChange;
import dev.abendkasse.office.model.BlacklistDisclosureRequest;
import dev.abendkasse.office.model.BlacklistDisclosureSearch;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.BlacklistPerson;
import dev.abendkasse.office.model.BlacklistSearch;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.office.model.RedirectedCheckoutSearch;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What staff decide about persons, and what they look at for it. */
record PersonDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    Map<String, Deed> all() {
        return Map.ofEntries(
                entry("addBlacklistEntry", Deed.repeatable(() -> {
                    var key = UUID.randomUUID();
                    var draft = draft();
                    return () -> office.blacklist().addBlacklistEntry(key, draft);
                })),
                entry(
                        "previewBlacklistEntry",
                        Deed.once(() ->
                                () -> office.blacklist().previewBlacklistEntry(new BlacklistPerson().email(email())))),
                entry("changeBlacklistEntry", Deed.once(() -> {
                    var entry = block().getEntryId();
                    return () -> office.blacklist()
                            .changeBlacklistEntry(entry, "\"1\"", new BlacklistChange().reason("Another"));
                })),
                entry("liftBlacklistEntry", Deed.repeatable(() -> {
                    var entry = block().getEntryId();
                    return () -> office.blacklist().liftBlacklistEntry(entry, new BlacklistLiftingNote().note("Paid"));
                })),
                entry("getBlacklistEntry", Deed.once(() -> {
                    var entry = block().getEntryId();
                    return () -> office.blacklist().getBlacklistEntry(entry);
                })),
                entry("listBlacklistEntryHistory", Deed.once(() -> {
                    var entry = block().getEntryId();
                    return () -> office.blacklist().listBlacklistEntryHistory(entry, null, null);
                })),
                entry(
                        "listBlacklistEntries",
                        Deed.once(() -> () -> office.blacklist().listBlacklistEntries(true, null, null))),
                entry(
                        "searchBlacklistEntries",
                        Deed.once(() ->
                                () -> office.blacklist().searchBlacklistEntries(new BlacklistSearch().email(email())))),
                entry("importBlacklistEntries", Deed.repeatable(() -> {
                    var key = UUID.randomUUID();
                    var file = "email,reason\n" + email() + ",Test\n";
                    return () -> office.blacklistFiles().importBlacklistEntries(key, file, false, null);
                })),
                entry(
                        "getBlacklistExport",
                        Deed.once(() -> () -> office.blacklistFiles().getBlacklistExport(false))),
                entry(
                        "searchRedirectedCheckouts",
                        Deed.once(() -> () -> office.redirects()
                                .searchRedirectedCheckouts(new RedirectedCheckoutSearch().email(email())))),
                entry(
                        "discloseBlacklisting",
                        Deed.once(() -> () -> office.blacklistDisclosures()
                                .discloseBlacklisting(new BlacklistDisclosureRequest()
                                        .email(email())
                                        .proof("Passport")))),
                entry(
                        "searchBlacklistDisclosures",
                        Deed.once(() -> () -> office.blacklistDisclosures()
                                .searchBlacklistDisclosures(new BlacklistDisclosureSearch()))),
                entry("getCreditAccount", Deed.once(() -> {
                    var customer = customer();
                    return () -> office.credit().getCreditAccount(customer);
                })),
                entry("listCreditEntries", Deed.once(() -> {
                    var customer = customer();
                    return () -> office.credit().listCreditEntries(customer, null, null);
                })),
                entry("listCreditLimitChanges", Deed.once(() -> {
                    var customer = customer();
                    return () -> office.credit().listCreditLimitChanges(customer, null, null);
                })),
                entry("setCreditLimit", Deed.once(() -> {
                    var customer = customer();
                    return () -> office.credit()
                            .setCreditLimit(customer, "\"1\"", new CreditLimitChange().reason("Pays in time"));
                })),
                entry(
                        "listReceivables",
                        Deed.once(() -> () -> office.receivables().listReceivables(null, null, null))));
    }

    private BlacklistEntry block() throws ApiException {
        return office.blacklist().addBlacklistEntry(UUID.randomUUID(), draft());
    }

    private static BlacklistDraft draft() {
        return new BlacklistDraft().email(email()).reason("Test");
    }

    private static String email() {
        return "buyer-" + UUID.randomUUID() + "@example.org";
    }

    private UUID customer() {
        return theatre.value(
                "insert into customer (name, password_hash) values ('Example', 'none') returning customer_id",
                UUID.class);
    }
}
