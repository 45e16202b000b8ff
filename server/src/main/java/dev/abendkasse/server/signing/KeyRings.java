package dev.abendkasse.server.signing;

import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.signing.store.SigningKeyStore;
import org.springframework.stereotype.Component;

/** Where each purpose has its keys. */
@Component
public class KeyRings {

    private final SigningKeyStore store;
    private final Secrets secrets;

    KeyRings(SigningKeyStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** @param purpose as the table has it; to be asked for once */
    public KeyRing of(String purpose) {
        return of(KeyTerms.lasting(purpose));
    }

    /** To be asked for once. */
    public KeyRing of(KeyTerms terms) {
        return new KeyRing(terms, store, new SealedKeys(secrets));
    }
}
