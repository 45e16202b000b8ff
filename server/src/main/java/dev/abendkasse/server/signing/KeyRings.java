package dev.abendkasse.server.signing;

import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.signing.store.SigningKeyStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Where each purpose has its keys. */
@Component
public class KeyRings {

    private final SigningKeyStore store;
    private final Secrets secrets;
    private final TransactionalOperator transaction;

    KeyRings(SigningKeyStore store, Secrets secrets, TransactionalOperator transaction) {
        this.store = store;
        this.secrets = secrets;
        this.transaction = transaction;
    }

    /** @param purpose as the table has it; to be asked for once */
    public KeyRing of(String purpose) {
        return new KeyRing(purpose, store, secrets, transaction);
    }
}
