package dev.abendkasse.server.access;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.StaffCommand;
import dev.abendkasse.server.access.domain.StaffView;
import dev.abendkasse.server.access.store.StaffDeskStore;
import dev.abendkasse.server.security.Passwords;
import dev.abendkasse.server.security.StaffAccounts;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Accounts of staff, for admins and for their owners. */
@Service
public class StaffDesk {

    private final StaffDeskStore store;
    private final StaffAccounts accounts;
    private final Passwords passwords;

    StaffDesk(StaffDeskStore store, StaffAccounts accounts, Passwords passwords) {
        this.store = store;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /** The oldest first. */
    public Mono<Page<StaffView>> list(@Nullable TimeCursor<String> after, int limit) {
        return store.list(after, limit + 1)
                .collectList()
                .map(found -> Page.of(found, limit, one -> new TimeCursor<>(one.createdAt(), one.userName()).text()));
    }

    /** Empty when there is none. */
    public Mono<StaffView> find(String userName) {
        return store.find(userName);
    }

    public Mono<AccessResult<StaffView>> create(String userName, String password, Set<String> scopes, String by) {
        return passwords
                .hash(password)
                .flatMap(hash -> store.create(new StaffCommand.Create(userName, hash, scopes, by)));
    }

    public Mono<AccessResult<StaffView>> change(StaffCommand.Change change) {
        return store.change(change);
    }

    public Mono<AccessResult<StaffView>> lock(String userName, String by) {
        return store.lock(new StaffCommand.Lock(userName, by));
    }

    public Mono<AccessResult<StaffView>> unlock(String userName, String by) {
        return store.unlock(new StaffCommand.Unlock(userName, by));
    }

    public Mono<AccessResult<StaffView>> setPassword(String userName, String password, String by) {
        return passwords
                .hash(password)
                .flatMap(hash -> store.setPassword(new StaffCommand.SetPassword(userName, hash, null, by)));
    }

    /** For whoever shows that they know the present one. */
    public Mono<AccessResult<StaffView>> changePassword(String userName, String present, String password) {
        return accounts.prove(userName, present)
                .flatMap(since -> passwords
                        .hash(password)
                        .flatMap(hash ->
                                store.setPassword(new StaffCommand.SetPassword(userName, hash, since, userName))))
                .defaultIfEmpty(new AccessResult.Refused<>(ProblemType.PASSWORD_WRONG, "#/currentPassword"));
    }
}
