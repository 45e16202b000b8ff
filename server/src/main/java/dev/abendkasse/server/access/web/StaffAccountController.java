package dev.abendkasse.server.access.web;

import dev.abendkasse.api.StaffAccountsApi;
import dev.abendkasse.api.model.NewPassword;
import dev.abendkasse.api.model.PasswordChange;
import dev.abendkasse.api.model.StaffAccount;
import dev.abendkasse.api.model.StaffAccountChange;
import dev.abendkasse.api.model.StaffAccountDraft;
import dev.abendkasse.api.model.StaffAccountPage;
import dev.abendkasse.server.access.StaffDesk;
import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.StaffCommand;
import dev.abendkasse.server.access.domain.StaffView;
import dev.abendkasse.server.security.Caller;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Throttle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class StaffAccountController implements StaffAccountsApi {

    private final StaffDesk staff;
    private final Commands commands;
    private final Throttle guesses;

    StaffAccountController(StaffDesk staff, Commands commands, SecurityProperties properties) {
        this.staff = staff;
        this.commands = commands;
        this.guesses = new Throttle(properties.signInsPerMinute());
    }

    @Override
    public Mono<ResponseEntity<StaffAccountPage>> listStaffAccounts(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return staff.list(AccessMapper.cursor(cursor), limit)
                .map(AccessMapper::toStaffPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> createStaffAccount(
            Mono<StaffAccountDraft> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), this::create)
                .flatMap(commands::run)
                .map(AccessMapper::doneOrProblem)
                .map(made -> answer(HttpStatus.CREATED, made));
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> getStaffAccount(String userName, ServerWebExchange exchange) {
        return staff.find(userName)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.STAFF_ACCOUNT_NOT_FOUND)))
                .map(found -> answer(HttpStatus.OK, found));
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> updateStaffAccount(
            String userName, String ifMatch, Mono<StaffAccountChange> body, ServerWebExchange exchange) {
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(
                        Callers.name(),
                        (change, by) -> new StaffCommand.Change(userName, version, change.getScopes(), by))
                .flatMap(change -> run(staff.change(change)));
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> lockStaffAccount(String userName, ServerWebExchange exchange) {
        return Callers.name().flatMap(by -> run(staff.lock(userName, by)));
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> unlockStaffAccount(String userName, ServerWebExchange exchange) {
        return Callers.name().flatMap(by -> run(staff.unlock(userName, by)));
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> setStaffPassword(
            String userName, Mono<NewPassword> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (request, by) -> staff.setPassword(userName, request.getPassword(), by))
                .flatMap(this::run);
    }

    @Override
    public Mono<ResponseEntity<StaffAccount>> changeOwnPassword(Mono<PasswordChange> body, ServerWebExchange exchange) {
        return body.zipWith(ownAccount(), this::changePassword).flatMap(this::run);
    }

    private Mono<AccessResult<StaffView>> create(StaffAccountDraft draft, String by) {
        return staff.create(draft.getUserName(), draft.getPassword(), draft.getScopes(), by);
    }

    /** Whoever has found an open screen must not be able to guess on. */
    private Mono<AccessResult<StaffView>> changePassword(PasswordChange change, String userName) {
        return guesses.admit(userName)
                .then(Mono.defer(
                        () -> staff.changePassword(userName, change.getCurrentPassword(), change.getNewPassword())));
    }

    private Mono<String> ownAccount() {
        return Callers.current()
                .ofType(Caller.Staff.class)
                .map(Caller.Staff::name)
                .filterWhen(name -> staff.find(name).hasElement())
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.FORBIDDEN)));
    }

    private Mono<ResponseEntity<StaffAccount>> run(Mono<AccessResult<StaffView>> command) {
        return commands.run(command).map(AccessMapper::doneOrProblem).map(done -> answer(HttpStatus.OK, done));
    }

    private static ResponseEntity<StaffAccount> answer(HttpStatus status, StaffView account) {
        return ResponseEntity.status(status)
                .eTag(Headers.etag(account.version()))
                .body(AccessMapper.toContract(account));
    }
}
