package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.CustomerId;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What accounts hold in place of passwords: a hash, or a weak one of the former shop that is encrypted until it is wrapped. */
@Component
class StoredHashes {

    private static final Logger LOG = LoggerFactory.getLogger(StoredHashes.class);

    /** Also what the import encrypts with. */
    private static final String PURPOSE = "sealed-hash";

    private static final String NONE = "";

    private final Secrets secrets;
    private final CustomerStore accounts;

    StoredHashes(Secrets secrets, CustomerStore accounts) {
        this.secrets = secrets;
        this.accounts = accounts;
    }

    /** Text that no password is right for when there is none. */
    String textOf(Account account) {
        if (account.sealedHash() != null) {
            return opened(account.id(), account.sealedHash());
        }
        return account.passwordHash() == null ? NONE : account.passwordHash();
    }

    private String opened(CustomerId customer, byte[] sealed) {
        try {
            return new String(secrets.decrypt(PURPOSE, sealed), StandardCharsets.UTF_8);
        } catch (IllegalStateException e) {
            LOG.error("The hash of customer {} cannot be decrypted", customer.value());
            return NONE;
        }
    }

    /** The same password under today's hash, unless there is another one by now. */
    Mono<Void> renew(Account account, String hash) {
        return accounts.renewPassword(account, hash);
    }
}
