package dev.abendkasse.server.security.web;

import dev.abendkasse.server.security.SecurityProperties;
import dev.abendkasse.server.security.StaffAccounts;
import dev.abendkasse.server.security.domain.StaffAccount;
import dev.abendkasse.server.web.Throttle;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** User name and password of staff, for the two pages that browsers open without a token. */
@Component
class StaffPassword implements ReactiveAuthenticationManager {

    private final StaffAccounts staff;
    private final Throttle throttle;

    StaffPassword(StaffAccounts staff, SecurityProperties properties) {
        this.staff = staff;
        this.throttle = new Throttle(properties.signInsPerMinute());
    }

    @Override
    public Mono<Authentication> authenticate(Authentication login) {
        return throttle.admit(login.getName())
                .then(Mono.defer(() -> staff.signIn(login.getName(), String.valueOf(login.getCredentials()))))
                .map(StaffPassword::signedIn)
                .switchIfEmpty(Mono.error(() -> new BadCredentialsException("Not recognised")));
    }

    private static Authentication signedIn(StaffAccount account) {
        var scopes = account.scopes().stream().map(scope -> "SCOPE_" + scope).toArray(String[]::new);
        return UsernamePasswordAuthenticationToken.authenticated(
                account.userName(), null, AuthorityUtils.createAuthorityList(scopes));
    }
}
