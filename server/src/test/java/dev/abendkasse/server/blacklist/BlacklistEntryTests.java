package dev.abendkasse.server.blacklist;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.BlacklistApi;
import dev.abendkasse.office.model.BlacklistChange;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistEvidence;
import dev.abendkasse.office.model.BlacklistHistoryAction;
import dev.abendkasse.office.model.BlacklistHistoryItem;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.BlacklistSearch;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an entry rests on, what becomes of it, and what is left of it when its person is erased. */
class BlacklistEntryTests {

    private static final OffsetDateTime END = OffsetDateTime.parse("2099-06-30T22:00:00Z");

    private static Theatre theatre;
    private static BlacklistApi blacklist;

    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final String email = Theatre.buyer().getEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        blacklist = theatre.office().blacklist();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void entryIsChangedAndItsHistorySaysHowItWas() throws ApiException {
        var entry =
                add(new BlacklistDraft().email(email).reason("One chargeback").evidence(List.of(evidence("first"))));

        var changed = blacklist.changeBlacklistEntry(
                entry.getEntryId(),
                etag(entry),
                new BlacklistChange()
                        .reason("Two chargebacks")
                        .evidence(List.of(evidence("first"), evidence("second")))
                        .endsAt(END));
        var lifted = blacklist.liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote().note("Paid"));

        assertThat(changed.getVersion()).isEqualTo(2);
        assertThat(changed.getEvidence()).extracting(BlacklistEvidence::getText).containsExactly("first", "second");
        assertThat(blacklist.getBlacklistEntry(entry.getEntryId())).isEqualTo(lifted);
        var history = blacklist.listBlacklistEntryHistory(entry.getEntryId(), null, 2);
        assertThat(history.getItems())
                .extracting(BlacklistHistoryItem::getAction)
                .containsExactly(BlacklistHistoryAction.LIFTED, BlacklistHistoryAction.CHANGED);
        assertThat(history.getItems().getFirst().getNote()).isEqualTo("Paid");
        assertThat(blacklist
                        .listBlacklistEntryHistory(entry.getEntryId(), history.getNextCursor(), 2)
                        .getItems())
                .singleElement()
                .satisfies(added -> assertThat(added.getReason()).isEqualTo("One chargeback"))
                .satisfies(added -> assertThat(added.getEndsAt()).isNull())
                .satisfies(added -> assertThat(added.getBy()).isEqualTo("admin"));
    }

    @Test
    void changeOfAnEntryThatSomebodyElseHasChangedOrLiftedIsRefused() throws ApiException {
        var entry = add(new BlacklistDraft().email(email).reason("Test"));
        var change = new BlacklistChange().reason("Other");
        blacklist.changeBlacklistEntry(entry.getEntryId(), etag(entry), change);

        expect(412, "version-conflict", () -> blacklist.changeBlacklistEntry(entry.getEntryId(), etag(entry), change));
        blacklist.liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote());
        expect(
                409,
                "blacklist-entry-lifted",
                () -> blacklist.changeBlacklistEntry(entry.getEntryId(), "\"3\"", change));
        expect(
                404,
                "blacklist-entry-not-found",
                () -> blacklist.changeBlacklistEntry(UUID.randomUUID(), "\"1\"", change));
    }

    @Test
    void ofTwoWhoChangeAnEntryAtOnceOneIsTold() throws Exception {
        var entry = add(new BlacklistDraft().email(email).reason("Test"));

        var done = new AtomicInteger();
        var step = (AtOnce.Step) () -> {
            try {
                blacklist.changeBlacklistEntry(
                        entry.getEntryId(), etag(entry), new BlacklistChange().reason("Another"));
                done.incrementAndGet();
            } catch (ApiException refused) {
                assertThat(refused.getCode()).isEqualTo(412);
            }
        };
        AtOnce.run(step, step, step, step, step, step);

        assertThat(done).hasValue(1);
        assertThat(blacklist.getBlacklistEntry(entry.getEntryId()).getVersion()).isEqualTo(2);
    }

    @Test
    void entriesOfAnAccountAreFoundByTheAccountAndByEveryAddressOfIt() throws ApiException {
        var former = Theatre.buyer().getEmail();
        var customer = buyers.customer(former, email);
        var ofAccount = add(new BlacklistDraft().customerId(customer.value()).reason("Test"));
        var ofAddress = add(new BlacklistDraft().email(former).reason("Test"));

        for (var search : List.of(
                new BlacklistSearch().customerId(customer.value()),
                new BlacklistSearch().email(email),
                new BlacklistSearch().email(former))) {
            assertThat(blacklist.searchBlacklistEntries(search).getItems()).containsExactly(ofAddress, ofAccount);
        }
    }

    @Test
    void b3BlockOfAnAccountOutlivesTheAccountAndNoAddressIsLeftOfIt() throws ApiException {
        var former = Theatre.buyer().getEmail();
        var customer = buyers.customer(former, email);
        add(new BlacklistDraft().customerId(customer.value()).reason("Test"));
        var typed = add(new BlacklistDraft().email(former).reason("Test"));

        purge(customer);

        for (var address : List.of(former, email, email.toUpperCase())) {
            assertThat(checkOut(address)).isInstanceOf(CheckoutOutcome.Redirect.class);
        }
        assertThat(blacklist.getBlacklistEntry(typed.getEntryId()).getEmail()).isNull();
        assertThat(theatre.count("select count(*) from blacklist_entry entry, blacklist_history history,"
                        + " blacklist_key key where (entry::text || history::text || key::text) like '%" + email
                        + "%'"))
                .isZero();
    }

    @Test
    void b3BlockThatWasLiftedStaysLiftedWhenTheAccountIsPurged() throws ApiException {
        var customer = buyers.customer(email);
        var entry = add(new BlacklistDraft().customerId(customer.value()).reason("Test"));
        blacklist.liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote());

        purge(customer);

        assertThat(checkOut(email)).isInstanceOf(CheckoutOutcome.Confirmed.class);
    }

    private CheckoutOutcome checkOut(String address) {
        var cart = Awaited.of(buyers.hold(null, new Selection(theatre.performance(), null, "free", 1, null)));
        return Awaited.of(buyers.checkOut(cart, null, null, address));
    }

    private static void purge(CustomerId customer) {
        Theatre.execute(theatre.db(), "delete from customer_email where customer_id = '" + customer.value() + "'");
        Theatre.execute(theatre.db(), "delete from customer where customer_id = '" + customer.value() + "'");
    }

    private static BlacklistEntry add(BlacklistDraft draft) throws ApiException {
        return blacklist.addBlacklistEntry(UUID.randomUUID(), draft);
    }

    private static BlacklistEvidence evidence(String text) {
        return new BlacklistEvidence().text(text).orderNumber("100042");
    }

    private static String etag(BlacklistEntry entry) {
        return "\"" + entry.getVersion() + "\"";
    }
}
