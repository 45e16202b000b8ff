package dev.abendkasse.server.signing;

import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.signing.store.SigningTables;
import dev.abendkasse.server.testing.TestDatabase;

/** Keys for tests that have no server. */
public final class SigningFixture {

    private SigningFixture() {}

    public static KeyRings keyRings(TestDatabase database, Secrets secrets) {
        return new KeyRings(SigningTables.keys(database.client()), secrets);
    }
}
