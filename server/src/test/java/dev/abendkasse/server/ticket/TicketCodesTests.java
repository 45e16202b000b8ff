package dev.abendkasse.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import dev.abendkasse.sdk.model.TicketKey;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.signing.SigningFixture;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Contract;
import dev.abendkasse.server.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a ticket's code is worth. */
class TicketCodesTests {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SignedTicket TICKET = new SignedTicket(UUID.randomUUID(), UUID.randomUUID());

    private static TestDatabase database;
    private static TicketCodes codes;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        codes = codes(new Secrets(new byte[32]));
    }

    private static TicketCodes codes(Secrets secrets) {
        return new TicketCodes(SigningFixture.keyRings(database, secrets), new TicketProperties(2, 200));
    }

    @Test
    void codeSaysWhichTicketAndForWhat() {
        assertThat(read(sign(TICKET))).contains(TICKET);
    }

    @Test
    void ticketHasOneCodeHoweverOftenItIsAskedForAndOnWhichReplica() {
        assertThat(sign(TICKET))
                .isEqualTo(sign(TICKET))
                .isEqualTo(Awaited.of(codes(new Secrets(new byte[32])).sign(List.of(TICKET)))
                        .getFirst());
    }

    @Test
    void codeFitsASmallQrCodeWithErrorCorrectionM() throws Exception {
        var qr = Encoder.encode(sign(TICKET), ErrorCorrectionLevel.M);

        assertThat(sign(TICKET)).hasSize(160);
        assertThat(qr.getVersion().getVersionNumber()).isEqualTo(7);
        assertThat(qr.getMatrix().getWidth()).isEqualTo(45);
    }

    @Test
    void noLetterCanBeChanged() {
        var code = sign(TICKET);
        var random = new Random(7);

        assertThat(IntStream.range(0, code.length())
                        .mapToObj(place -> changed(code, place, random))
                        .filter(forged -> read(forged).isPresent()))
                .isEmpty();
    }

    @Test
    void codeOfAnotherTicketWithThisSignatureIsForged() {
        var other = sign(new SignedTicket(UUID.randomUUID(), TICKET.performanceId()));

        assertThat(read(other.substring(0, 57) + sign(TICKET).substring(57))).isEmpty();
    }

    @Test
    void codeOfAnotherInstallationIsForged() {
        var others = new TicketCodes(
                SigningFixture.keyRings(TestDatabase.fresh(), new Secrets(new byte[32])), new TicketProperties(2, 200));

        assertThat(read(Awaited.of(others.sign(List.of(TICKET))).getFirst())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "https://example.org", "WIFI:T:WPA;S:x;P:y;;", "\u0000", "0189", "{\"a\": 1}"})
    void whateverElseWasScannedIsNoTicket(String scanned) {
        assertThat(read(scanned)).isEmpty();
    }

    @Test
    void nothingOfTheRightFormIsATicketByChance() {
        var random = new Random(11);

        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            random.ints(160, 0, ALPHABET.length()).forEach(letter -> text.append(ALPHABET.charAt(letter)));
            assertThat(read(text.toString())).isEmpty();
        }
    }

    @Test
    void scannersMayAddSpaceOrTypeInLowerCase() {
        assertThat(read(" " + sign(TICKET).toLowerCase() + "\r\n")).contains(TICKET);
    }

    @Test
    void whatAnOldKeySignedStaysRightAndTheOldKeyStaysListed() {
        var before = sign(TICKET);
        var oldKeys = Awaited.of(codes.keys());

        var newKeys = Awaited.of(codes.rotate("admin"));

        assertThat(newKeys).hasSize(oldKeys.size() + 1).containsAll(oldKeys);
        assertThat(newKeys.getFirst()).isNotIn(oldKeys);
        assertThat(read(before)).contains(TICKET);
        assertThat(read(sign(TICKET))).contains(TICKET);
        assertThat(sign(TICKET)).isNotEqualTo(before);
    }

    @Test
    void replicaReadsWhatAnotherOneHasJustSignedWithANewKey() {
        var replica = codes(new Secrets(new byte[32]));
        Awaited.of(replica.keys());
        Awaited.of(codes.rotate("admin"));

        assertThat(Awaited.of(replica.read(List.of(sign(TICKET))))).containsExactly(Optional.of(TICKET));
    }

    @Test
    void theKeyIsUnreadableInTheDatabase() {
        sign(TICKET);
        var stored = Awaited.of(database.client()
                .sql(
                        "select encode(private_key, 'escape') from signing_key where purpose = 'ticket' and state = 'ACTIVE'")
                .mapValue(String.class)
                .one());

        assertThat(stored).doesNotContain("\"d\"").doesNotContain("P-256");
    }

    @Test
    void theExampleInTheContractIsARealOne() {
        var schemas = Contract.PUBLIC.document().getComponents().getSchemas();
        var key = (Map<?, ?>) example(schemas.get("ticket-key").getExample());
        var ticket = (Map<?, ?>) example(schemas.get("ticket").getExample());

        assertThat(new OfflineGate(List.of(new TicketKey()
                                .kid((String) key.get("kid"))
                                .x((String) key.get("x"))
                                .y((String) key.get("y"))))
                        .read((String) ticket.get("code")))
                .contains(
                        new OfflineGate.Read(UUID.fromString((String) ticket.get("ticketId")), UUID.fromString((String)
                                ticket.get("performanceId"))));
    }

    private static Object example(Object example) {
        return JsonMapper.shared().readValue(String.valueOf(example), Map.class);
    }

    private static String changed(String code, int place, Random random) {
        var step = 1 + random.nextInt(ALPHABET.length() - 1);
        var letter = ALPHABET.charAt((ALPHABET.indexOf(code.charAt(place)) + step) % ALPHABET.length());
        return code.substring(0, place) + letter + code.substring(place + 1);
    }

    private static String sign(SignedTicket ticket) {
        return Awaited.of(codes.sign(List.of(ticket))).getFirst();
    }

    private static Optional<SignedTicket> read(String code) {
        return Awaited.of(codes.read(List.of(code))).getFirst();
    }
}
