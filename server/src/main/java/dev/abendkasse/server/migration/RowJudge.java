package dev.abendkasse.server.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.server.migration.RowReader.Rejected;
import dev.abendkasse.server.migration.csv.FileRow;
import dev.abendkasse.server.migration.csv.ImportColumns;
import dev.abendkasse.server.migration.domain.RowOutcome;
import dev.abendkasse.server.migration.domain.StagedRow;
import dev.abendkasse.server.passwords.Acceptance;
import dev.abendkasse.server.passwords.DeclaredHash;
import dev.abendkasse.server.passwords.HashCosts;
import dev.abendkasse.server.passwords.HashRefusal;
import dev.abendkasse.server.passwords.PasswordFormat;
import dev.abendkasse.server.passwords.StoredPassword;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.LoginName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What will become of a row as far as it can be told from the row alone. Weak hashes are encrypted here, before they are kept anywhere. */
@Component
class RowJudge {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 2000;

    private final PersonKeys persons;
    private final Secrets secrets;
    private final HashCosts costs;

    RowJudge(PersonKeys persons, Secrets secrets, SecurityProperties security) {
        this.persons = persons;
        this.secrets = secrets;
        this.costs = new HashCosts(mostFor(security.signInSlot()));
    }

    /** A login checks the hash and makes one of the day in one slot; without slots nothing has to fit into them. */
    private static Duration mostFor(Duration slot) {
        return slot.isZero() ? Duration.ofDays(1) : slot.dividedBy(2);
    }

    /** @param passwordFormat of hashes where the row names none */
    StagedRow judge(FileRow row, @Nullable String passwordFormat, Instant now) {
        if (row.fault() != null) {
            // A cell too many moves the others along: nobody knows which of them is a password.
            return rejected(row, Map.of(), row.fault(), row.column());
        }
        var cells = shown(row.cells());
        try {
            return read(row, cells, new RowReader(row.cells(), now), passwordFormat);
        } catch (Rejected e) {
            return rejected(row, cells, e.reason(), e.column());
        }
    }

    private StagedRow read(FileRow row, Map<String, String> cells, RowReader reader, @Nullable String passwordFormat)
            throws Rejected {
        var sourceId = reader.required("customerNumber", LONGEST_ID);
        var email = reader.email();
        var userName = reader.text("userName", LONGEST_NAME);
        var facts = facts(reader, email);
        var canonical = userName == null ? null : LoginName.of(userName).canonical();
        var isOwnAddress = email.canonical().equals(canonical);
        var refusal = addPassword(facts, row.cells(), passwordFormat);
        put(facts, "refusal", refusal);
        if (userName != null && !isOwnAddress) {
            facts.put("userName", userName);
            facts.put("userCanonical", canonical);
        }
        var isAddress = userName != null
                && !isOwnAddress
                && EmailAddress.parse(userName).isPresent();
        var outcome = isAddress ? RowOutcome.CONFLICT : refusal == null ? RowOutcome.MIGRATED : RowOutcome.NEEDS_CLAIM;
        return new StagedRow(
                row.number(),
                sourceId,
                email.canonical(),
                isOwnAddress ? null : canonical,
                outcome,
                isAddress ? "USER_NAME_IS_ADDRESS" : refusal,
                isAddress ? "userName" : refusal == null ? null : "passwordHash",
                facts,
                cells);
    }

    private Map<String, Object> facts(RowReader reader, EmailAddress email) throws Rejected {
        var facts = new HashMap<String, Object>();
        facts.put("email", email.typed());
        facts.put("canonical", email.canonical());
        facts.put("matchKey", persons.keyOf(email.typed()));
        facts.put("name", reader.name(LONGEST_NAME));
        put(facts, "phone", reader.phone());
        put(facts, "language", reader.language());
        for (var time : List.of(
                "passwordChangedAt",
                "registeredAt",
                "changedAt",
                "emailProvenAt",
                "newsletterConsentAt",
                "newsletterWithdrawnAt",
                "blacklistSince")) {
            put(facts, time, reader.time(time));
        }
        put(facts, "creditLimit", reader.creditLimit());
        put(facts, "blacklistReason", reader.lines("blacklistReason", LONGEST_TEXT));
        put(facts, "newsletterConsentFrom", reader.lines("newsletterConsentFrom", LONGEST_TEXT));
        put(facts, "newsletterConsentWording", reader.lines("newsletterConsentWording", LONGEST_TEXT));
        if (reader.locked()) {
            facts.put("locked", true);
        }
        var former = reader.formerEmails().stream().map(this::address).toList();
        if (!former.isEmpty()) {
            facts.put("formerEmails", former);
        }
        return facts;
    }

    private Map<String, String> address(EmailAddress email) {
        return Map.of("email", email.typed(), "canonical", email.canonical(), "matchKey", persons.keyOf(email.typed()));
    }

    /** @return why nobody can sign in with it; null: its owner can */
    private @Nullable String addPassword(
            Map<String, Object> facts, Map<String, String> cells, @Nullable String passwordFormat) {
        var hash = cells.get("passwordHash");
        if (hash == null || hash.isBlank()) {
            return "NO_PASSWORD";
        }
        var id = cells.getOrDefault("passwordFormat", passwordFormat == null ? "" : passwordFormat);
        var format = PasswordFormat.of(id.strip());
        if (format.isEmpty()) {
            return "UNKNOWN_FORMAT";
        }
        var declared = new DeclaredHash(format.get(), hash, cells.get("passwordSalt"), cells.get("passwordParameters"));
        return switch (declared.accept()) {
            case Acceptance.Refused(var reason) -> reason.name();
            case Acceptance.Accepted(var password) when costs.isTooDear(password) -> HashRefusal.TOO_COSTLY.name();
            case Acceptance.Accepted(var password) -> {
                keep(facts, password);
                yield null;
            }
        };
    }

    private void keep(Map<String, Object> facts, StoredPassword password) {
        if (password.isWeak()) {
            var sealed = secrets.encrypt("sealed-hash", password.text().getBytes(UTF_8));
            facts.put("sealedHash", HexFormat.of().formatHex(sealed));
        } else {
            facts.put("passwordHash", password.text());
        }
    }

    private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.put(name, value instanceof Instant time ? time.toString() : value);
        }
    }

    private static StagedRow rejected(FileRow row, Map<String, String> cells, String reason, @Nullable String column) {
        return new StagedRow(
                row.number(),
                cells.get("customerNumber"),
                null,
                null,
                RowOutcome.REJECTED,
                reason,
                column,
                Map.of(),
                cells);
    }

    /** What people may see of it, in characters that the database can keep. */
    private static Map<String, String> shown(Map<String, String> cells) {
        var shown = new HashMap<String, String>();
        cells.forEach((column, text) -> {
            if (!ImportColumns.SECRET.contains(column)) {
                shown.put(column, storable(text));
            }
        });
        return shown;
    }

    private static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            // Halves of characters are none when they stand alone.
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(UTF_8), UTF_8).replace('\0', '\uFFFD');
            }
        }
        return text;
    }
}
