package dev.abendkasse.server.auditdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.abendkasse.office.api.AuditApi;
import dev.abendkasse.office.model.AuditCheckRequest;
import dev.abendkasse.office.model.AuditEntry;
import dev.abendkasse.office.model.AuditFaultKind;
import dev.abendkasse.office.model.AuditHead;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.audit.AuditTrail;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** How administrators look at the audit, check it and keep its end elsewhere, over HTTP. */
class AuditDeskTests {

    @TempDir
    private static Path folder;

    private static Theatre theatre;
    private static AuditApi desk;
    private static AuditTrail audit;
    private static Path heads;

    @BeforeAll
    static void openTheTheatre() {
        heads = folder.resolve("heads");
        theatre = Theatre.open(
                Map.of("abendkasse.audit.head-file", heads.toString(), "abendkasse.audit.sign-every", "1s"));
        desk = theatre.office().audit();
        audit = new AuditTrail(theatre.db());
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @BeforeEach
    void begin() {
        audit.beginAnew();
        Awaited.of(Flux.range(1, 5)
                .concatMap(number ->
                        audit.note(number % 2 == 0 ? "clerk" : "till-1/bert", "case.assign", "case-" + number))
                .then(audit.note("clerk", "blacklist.add", "entry-1")));
    }

    @Test
    void entriesAreListedTheNewestFirstPageByPage() throws ApiException {
        var listed = new ArrayList<AuditEntry>();
        String cursor = null;
        do {
            var page = desk.listAuditEntries(null, "case.", null, null, null, cursor, 2);
            listed.addAll(page.getItems());
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(listed).extracting(AuditEntry::getSeq).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(listed.getFirst()).satisfies(entry -> {
            assertThat(entry.getBy()).isEqualTo("till-1/bert");
            assertThat(entry.getSubject()).isEqualTo("case-5");
            assertThat(entry.getDetails()).isEqualTo("{\"note\": \"Said case-5\"}");
            assertThat(entry.getPreviousHash()).isEqualTo(listed.get(1).getHash());
        });
    }

    @Test
    void entriesAreFoundByWhoWhatAndWhen() throws ApiException {
        var third = desk.listAuditEntries(null, null, "case-3", null, null, null, null)
                .getItems()
                .getFirst();

        assertThat(found("clerk", null, null, null, null)).containsExactly(6L, 4L, 2L);
        assertThat(found(null, "blacklist", null, null, null)).containsExactly(6L);
        assertThat(found(null, "case.assig", "case-2", null, null)).containsExactly(2L);
        assertThat(found(null, "case.", null, third.getAt(), null)).containsExactly(5L, 4L, 3L);
        assertThat(found(null, null, null, null, third.getAt())).containsExactly(2L, 1L);
        assertThat(found(
                        "clerk",
                        "case.",
                        "case-4",
                        third.getAt(),
                        OffsetDateTime.now().plusHours(1)))
                .containsExactly(4L);
        assertThat(found("nobody", null, null, null, null)).isEmpty();
        assertThat(found(null, null, null, OffsetDateTime.now().plusHours(1), null))
                .isEmpty();
    }

    /** As the thumbprint of a key may begin. */
    @ParameterizedTest
    @ValueSource(strings = {"-8lh_AlXPcbtj_6Tmew", "_8lh-AlXPcbtj_6Tmew"})
    void entriesOfKeysAreFoundWhateverTheirIdsBeginWith(String keyId) throws ApiException {
        Awaited.of(audit.note("clerk", "token-key.rotate", keyId));

        assertThat(desk.listAuditEntries(null, null, keyId, null, null, null, null)
                        .getItems())
                .extracting(AuditEntry::getSubject)
                .containsExactly(keyId);
    }

    @Test
    void lookingIsEnteredToo() throws ApiException {
        desk.listAuditEntries("clerk", null, null, null, null, null, null);

        var looked = desk.listAuditEntries("admin", "audit.read", null, null, null, null, null)
                .getItems()
                .getFirst();

        assertThat(looked.getSeq()).isEqualTo(7);
        assertThat(looked.getDetails()).isEqualTo("{\"search\": {\"by\": \"clerk\"}}");
    }

    @Test
    void erasedDetailsAreShownAsMissing() throws ApiException {
        audit.number("select erase_audit_details('{case-2}')");

        var erased = desk.listAuditEntries(null, null, "case-2", null, null, null, null)
                .getItems()
                .getFirst();

        assertThat(erased.getDetails()).isNull();
        assertThat(erased.getBy()).isEqualTo("clerk");
        assertThat(desk.checkAudit(new AuditCheckRequest()).getErased()).isOne();
    }

    @Test
    void headIsSignedWithAKeyThatIsGivenAlong() throws Exception {
        var head = desk.getAuditHead();

        var signed = JWSObject.parse(head.getSigned());
        var key = head.getKeys().stream()
                .filter(one -> one.getKid().equals(signed.getHeader().getKeyID()))
                .findFirst()
                .orElseThrow();
        var publicKey = new ECKey.Builder(Curve.P_256, new Base64URL(key.getX()), new Base64URL(key.getY())).build();
        assertThat(signed.verify(new ECDSAVerifier(publicKey))).isTrue();
        assertThat(signed.getHeader().getType()).hasToString("audit-head");
        assertThat(signed.getPayload().toJSONObject())
                .containsEntry("seq", 6L)
                .containsEntry("hash", head.getHash())
                .containsKeys("at", "iat");
        assertThat(head.getSeq()).isEqualTo(6);
    }

    @Test
    void headOfAnEmptyChainCanBeKeptToo() throws ApiException {
        audit.beginAnew();

        var head = desk.getAuditHead();

        assertThat(head.getSeq()).isZero();
        assertThat(head.getAt()).isNull();
        assertThat(checked(head).getFault()).isNull();
    }

    @Test
    void chainIsCheckedPartByPart() throws ApiException {
        var first = desk.checkAudit(new AuditCheckRequest().limit(4));

        assertThat(first.getFault()).isNull();
        assertThat(first.getThrough()).isEqualTo(4);
        assertThat(first.getNext()).isEqualTo(5);
        assertThat(first.getHead()).isEqualTo(6);
        var second = desk.checkAudit(new AuditCheckRequest().from(first.getNext()));
        assertThat(second.getThrough()).isEqualTo(7);
        assertThat(second.getNext()).isNull();
        assertThat(second.getSignedThrough()).isNull();
    }

    @Test
    void changedEntryIsNamed() throws ApiException {
        audit.tamper("update audit_entry set action = 'case.other' where seq = 3;");

        var check = desk.checkAudit(new AuditCheckRequest());

        assertThat(check.getFault().getSeq()).isEqualTo(3);
        assertThat(check.getFault().getKind()).isEqualTo(AuditFaultKind.CHANGED);
        assertThat(check.getThrough()).isEqualTo(2);
    }

    @Test
    void p14ChainThatWasWrittenAnewIsNotTheOneThatWasSigned() throws ApiException {
        var kept = desk.getAuditHead();
        assertThat(checked(kept).getSignedThrough()).isEqualTo(6);

        audit.beginAnew();
        for (int number = 0; number < 8; number++) {
            Awaited.of(audit.note("clerk", "case.assign", "another"));
        }

        assertThat(desk.checkAudit(new AuditCheckRequest()).getFault()).isNull();
        assertThat(checked(kept).getFault().getKind()).isEqualTo(AuditFaultKind.REWRITTEN);
    }

    @Test
    void chainThatWasCutIsShorterThanTheOneThatWasSigned() throws ApiException {
        var kept = desk.getAuditHead();

        audit.beginAnew();

        var fault = checked(kept).getFault();
        assertThat(fault.getKind()).isEqualTo(AuditFaultKind.CUT);
        assertThat(fault.getSeq()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void headThatSomebodyElseMadeIsRefused(int part) throws ApiException {
        var parts = desk.getAuditHead().getSigned().split("\\.");
        parts[part] = Base64URL.encode("{\"seq\":6,\"alg\":\"ES256\",\"typ\":\"audit-head\"}" + "x".repeat(25))
                .toString();

        var problem = Problems.expect(400, "invalid-request", () -> checked(String.join(".", parts)));

        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#/signedHead"));
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        Problems.expect(400, "invalid-request", () -> desk.checkAudit(new AuditCheckRequest().from(0L)));
        Problems.expect(400, "invalid-request", () -> desk.checkAudit(new AuditCheckRequest().limit(50_001)));
        Problems.expect(400, "invalid-request", () -> found(null, "Case", null, null, null));
        Problems.expect(400, "invalid-request", () -> found(null, null, "buyer@example.org", null, null));
    }

    @Test
    void headsAreAppendedToTheFileWhenThereIsSomethingNew() throws Exception {
        var head = desk.getAuditHead();

        var lines = awaitKept(head);

        assertThat(lines).allSatisfy(line -> assertThat(line).matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}"));
        assertThat(checked(lines.getLast()).getFault()).isNull();
    }

    /** Each test's chain is as long as the one before it, so a number alone would not tell them apart. */
    @Test
    void p14HeadOfAChainThatWasWrittenAnewAtTheSameLengthIsKeptToo() throws Exception {
        var before = desk.getAuditHead();
        awaitKept(before);

        begin();

        var after = desk.getAuditHead();
        assertThat(after.getSeq()).isEqualTo(before.getSeq());
        assertThat(after.getHash()).isNotEqualTo(before.getHash());
        awaitKept(after);
    }

    private static List<String> awaitKept(AuditHead head) throws ApiException {
        return PayPage.await(
                () -> Files.exists(heads) ? Files.readAllLines(heads) : List.<String>of(),
                kept -> kept.stream().anyMatch(line -> isOf(line, head)));
    }

    private static boolean isOf(String line, AuditHead head) {
        try {
            return head.getHash()
                    .equals(JWSObject.parse(line).getPayload().toJSONObject().get("hash"));
        } catch (java.text.ParseException e) {
            return false;
        }
    }

    private static dev.abendkasse.office.model.AuditCheck checked(AuditHead kept) throws ApiException {
        return checked(kept.getSigned());
    }

    private static dev.abendkasse.office.model.AuditCheck checked(String signed) throws ApiException {
        return desk.checkAudit(new AuditCheckRequest().signedHead(signed));
    }

    private static List<Long> found(String by, String action, String subject, OffsetDateTime from, OffsetDateTime until)
            throws ApiException {
        return desk.listAuditEntries(by, action, subject, from, until, null, null).getItems().stream()
                .filter(entry -> !entry.getAction().startsWith("audit."))
                .map(AuditEntry::getSeq)
                .toList();
    }
}
