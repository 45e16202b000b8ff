package dev.abendkasse.server.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.office.model.NewsletterFactKind;
import dev.abendkasse.office.model.NewsletterStanding;
import dev.abendkasse.office.model.NewsletterWithdrawalReason;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.NewsletterLink;
import dev.abendkasse.sdk.model.NewsletterState;
import dev.abendkasse.sdk.model.NewsletterSubscription;
import dev.abendkasse.sdk.model.Registration;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who has said yes, with proof, and how they say no. */
class ConsentTests {

    private static Postbox postbox;
    private static Theatre theatre;
    private static Readers readers;

    @BeforeAll
    static void open() {
        postbox = Postbox.open();
        theatre = Readers.open(postbox, Map.of());
        readers = new Readers(theatre);
    }

    @AfterAll
    static void close() {
        theatre.close();
        postbox.close();
    }

    @Test
    void whoAsksIsMailedTheWordsAndSubscribedByTheLinkInTheMail() throws Exception {
        var reader = readers.customer();

        ask(reader.email());

        assertThat(readers.state(reader)).isEqualTo("REQUESTED");
        var mail = postbox.mailTo(reader.email());
        assertThat(MailFixture.read(mail).text())
                .contains("Ja, ich möchte den Newsletter", Readers.PAGE + "#newsletter-confirmation=");
        confirm(Readers.secret(mail));
        confirm(Readers.secret(mail));
        assertThat(readers.state(reader)).isEqualTo("SUBSCRIBED");
        var standing = theatre.office().newsletterDesk().getCustomerNewsletter(reader.id());
        assertThat(standing.getObstacle()).isNull();
        assertThat(standing.getHistory())
                .extracting(fact -> fact.getKind() + " " + fact.getWordingVersion() + " " + fact.getEmail())
                .containsExactly("CONFIRMED 1 " + reader.email(), "REQUESTED 1 " + reader.email());
        assertThat(standing.getHistory().getFirst().getFromAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void p12AnswerIsTheSameWhetherOrNotThereIsAnAccountAndOnlyAccountsAreMailed() throws Exception {
        var reader = readers.customer();
        var locked = readers.customer();
        readers.change(locked, "locked_at = now(), locked_by = 'admin'");
        var subscribed = readers.subscriber();
        var nobody = "nobody-" + UUID.randomUUID() + "@example.org";

        var answer = ask(nobody);

        assertThat(ask(locked.email())).isEqualTo(answer);
        assertThat(ask(subscribed.email())).isEqualTo(answer);
        assertThat(ask(reader.email())).isEqualTo(answer);
        postbox.mailTo(reader.email());
        for (var other : List.of(nobody, locked.email(), subscribed.email())) {
            assertThat(postbox.mailsTo(other)).isEmpty();
        }
        assertThat(theatre.count(
                        "select count(*) from newsletter_consent where kind = 'REQUESTED' and customer_id in ('"
                                + locked.id() + "', '" + subscribed.id() + "')"))
                .isZero();
    }

    @Test
    void mailboxIsWrittenToOnceADayHoweverOftenAndFromWhereverSomebodyAsks() throws Exception {
        var reader = readers.customer();

        AtOnce.run(IntStream.range(0, 10)
                .mapToObj(_ -> (AtOnce.Step) () -> ask(reader.email()))
                .toArray(AtOnce.Step[]::new));

        assertThat(requests(reader)).isEqualTo(1);
        Theatre.execute(theatre.db(), """
                alter table newsletter_consent disable trigger newsletter_consent_erase_only;
                update newsletter_consent set at = at - interval '25 hours' where customer_id = '%s';
                alter table newsletter_consent enable trigger newsletter_consent_erase_only
                """.formatted(reader.id()));
        ask(reader.email());
        assertThat(requests(reader)).isEqualTo(2);
    }

    @Test
    void linkIsVoidWhenTheAddressHasChangedOrSomethingElseWasSaidSince() throws Exception {
        var moved = readers.customer();
        var other = readers.customer();
        ask(moved.email());
        ask(other.email());
        var movedLink = Readers.secret(postbox.mailTo(moved.email()));
        var otherLink = Readers.secret(postbox.mailTo(other.email()));
        Theatre.execute(theatre.db(), """
                update customer_email set until = clock_timestamp() where customer_id = '%1$s';
                insert into customer_email (customer_id, email, canonical, match_key, proven_at)
                values ('%1$s', 'new-%1$s@example.org', 'new-%1$s@example.org', sha256('%1$s'), clock_timestamp())
                """.formatted(moved.id()));
        withdrawByStaff(other);

        assertThatThrownBy(() -> confirm(movedLink))
                .satisfies(e -> assertThat(code(e)).isEqualTo(404));
        assertThatThrownBy(() -> confirm(otherLink))
                .satisfies(e -> assertThat(code(e)).isEqualTo(404));
        assertThatThrownBy(() -> confirm(movedLink.substring(1)))
                .satisfies(e -> assertThat(code(e)).isEqualTo(404));
        assertThat(readers.state(moved)).isNotEqualTo("SUBSCRIBED");
        assertThat(readers.state(other)).isEqualTo("WITHDRAWN");
    }

    @Test
    void customerWhoIsSignedInAsksAndWithdrawsWithTheAccount() throws Exception {
        var email = "signed-in-" + UUID.randomUUID() + "@example.org";
        theatre.shop()
                .accounts()
                .register(new Registration().email(email).name("Example Reader").password("correct horse battery"));
        var session = theatre.shop().accounts().login(new Login().email(email).password("correct horse battery"));
        var newsletter = theatre.shop(session.getAccessToken()).newsletter();

        assertThat(newsletter.getOwnNewsletter().getState()).isEqualTo(NewsletterState.NONE);
        assertThat(newsletter.subscribeMe().getState()).isEqualTo(NewsletterState.REQUESTED);
        confirm(Awaitility.await()
                .until(
                        () -> postbox.mailsTo(email).stream()
                                .filter(mail -> MailFixture.read(mail).text().contains("newsletter-confirmation="))
                                .map(Readers::secret)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow());
        assertThat(newsletter.getOwnNewsletter().getState()).isEqualTo(NewsletterState.SUBSCRIBED);
        assertThat(newsletter.unsubscribeMe().getState()).isEqualTo(NewsletterState.WITHDRAWN);
        assertThat(newsletter.unsubscribeMe().getState()).isEqualTo(NewsletterState.WITHDRAWN);
    }

    @Test
    void staffWithdrawForACustomerAndSeeWhy() throws Exception {
        var reader = readers.subscriber();

        var standing = withdrawByStaff(reader);

        assertThat(standing.getState()).isEqualTo(dev.abendkasse.office.model.NewsletterState.WITHDRAWN);
        assertThat(standing.getHistory().getFirst().getKind()).isEqualTo(NewsletterFactKind.WITHDRAWN);
        assertThat(standing.getHistory().getFirst().getNote()).isEqualTo("Asked on the telephone");
        assertThat(standing.getHistory().getFirst().getBy()).isEqualTo("admin");
        assertThatThrownBy(() -> theatre.office().newsletterDesk().getCustomerNewsletter(UUID.randomUUID()))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void importNeverUndoesAWithdrawalAndNeedsAProof() {
        var withdrawn = readers.subscriber();
        Theatre.execute(theatre.db(), "select withdraw_consent('" + withdrawn.id() + "', 'ACCOUNT')");
        var unproven = readers.customer();

        readers.consents(withdrawn);

        assertThat(readers.importConsent(unproven.id(), "null", "row")).isFalse();
        assertThat(readers.importConsent(unproven.id(), "now()", " ")).isFalse();
        assertThat(readers.importConsent(unproven.id(), "now() + interval '1 day'", "row"))
                .isFalse();
        assertThat(readers.state(withdrawn)).isEqualTo("WITHDRAWN");
        assertThat(readers.state(unproven)).isEqualTo("NONE");
    }

    @Test
    void formerShopEndsOnlyWhatCameFromIt() throws Exception {
        var imported = readers.subscriber();
        var confirmed = readers.customer();
        ask(confirmed.email());
        confirm(Readers.secret(postbox.mailTo(confirmed.email())));

        for (var reader : new Readers.Reader[] {imported, confirmed}) {
            theatre.value("select import_withdrawal('" + reader.id() + "', now(), 'row 1')", Boolean.class);
        }

        assertThat(readers.state(imported)).isEqualTo("WITHDRAWN");
        assertThat(readers.state(confirmed)).isEqualTo("SUBSCRIBED");
    }

    @Test
    void accountThatBecomesAnotherBringsItsWithdrawalAlongAndItsConsentOnlyWhereNothingWasSaid() {
        var no = readers.subscriber();
        Theatre.execute(theatre.db(), "select withdraw_consent('" + no.id() + "', 'ACCOUNT')");
        var yes = readers.subscriber();
        var silent = readers.customer();
        var alsoYes = readers.subscriber();

        merge(yes, silent);
        merge(no, alsoYes);

        assertThat(readers.state(silent)).isEqualTo("SUBSCRIBED");
        assertThat(readers.state(alsoYes)).isEqualTo("WITHDRAWN");
    }

    @Test
    void factsAreNeitherChangedNorDeletedButErasedWithThePerson() {
        var reader = readers.subscriber();
        var of = " where customer_id = '" + reader.id() + "'";

        assertThatThrownBy(() -> Theatre.execute(theatre.db(), "update newsletter_consent set at = now()" + of));
        assertThatThrownBy(() -> Theatre.execute(theatre.db(), "update newsletter_consent set note = 'other'" + of));
        assertThatThrownBy(() -> Theatre.execute(theatre.db(), "delete from newsletter_consent" + of));
        Theatre.execute(theatre.db(), "select erase_newsletter('" + reader.id() + "')");

        assertThat(readers.state(reader)).isEqualTo("WITHDRAWN");
        assertThat(theatre.count("select count(*) from newsletter_consent" + of + " and note is not null"))
                .isZero();
        assertThat(theatre.count("select count(*) from newsletter_consent" + of))
                .isEqualTo(2);
    }

    @Test
    void requestThatNobodyConfirmsLosesItsPersonAndOneThatWasConfirmedKeepsTheProof() throws Exception {
        var idle = readers.customer();
        var eager = readers.customer();
        ask(idle.email());
        ask(eager.email());
        confirm(Readers.secret(postbox.mailTo(eager.email())));
        Theatre.execute(theatre.db(), """
                alter table newsletter_consent disable trigger newsletter_consent_erase_only;
                update newsletter_consent set at = at - interval '31 days' where customer_id in ('%s', '%s');
                alter table newsletter_consent enable trigger newsletter_consent_erase_only
                """.formatted(idle.id(), eager.id()));

        theatre.value("select forget_newsletter_requests(100)", Integer.class);

        assertThat(withAddress(idle)).isZero();
        assertThat(withAddress(eager)).isEqualTo(2);
    }

    private static long withAddress(Readers.Reader reader) {
        return theatre.count(
                "select count(*) from newsletter_consent where email is not null and from_address is not null"
                        + " and customer_id = '" + reader.id() + "'");
    }

    private static void merge(Readers.Reader from, Readers.Reader into) {
        Theatre.execute(theatre.db(), "select merge_consents('%s', '%s', 'admin')".formatted(from.id(), into.id()));
    }

    private static NewsletterStanding withdrawByStaff(Readers.Reader reader) throws Exception {
        return theatre.office()
                .newsletterDesk()
                .withdrawCustomerNewsletter(
                        reader.id(), new NewsletterWithdrawalReason().reason("Asked on the telephone"));
    }

    private static long requests(Readers.Reader reader) {
        return theatre.count("select count(*) from newsletter_consent where kind = 'REQUESTED' and customer_id = '"
                + reader.id() + "'");
    }

    private static String ask(String email) throws ApiException {
        return theatre.shop()
                .newsletter()
                .subscribeToNewsletter(new NewsletterSubscription().email(email))
                .getMessage();
    }

    private static void confirm(String token) throws ApiException {
        theatre.shop().newsletter().confirmNewsletter(new NewsletterLink().token(token));
    }

    private static int code(Throwable e) {
        return ((ApiException) e).getCode();
    }
}
