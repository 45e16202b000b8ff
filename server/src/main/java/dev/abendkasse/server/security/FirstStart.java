package dev.abendkasse.server.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes what an installation needs before anyone can sign in, and says where it is and how to get in. */
@Component
class FirstStart implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstStart.class);

    private static final int PASSWORD_BYTES = 15;
    private static final int MINUTES = 2;

    private final SigningKeys keys;
    private final StaffAccounts staff;
    private final SecurityProperties properties;
    private final Environment environment;

    FirstStart(SigningKeys keys, StaffAccounts staff, SecurityProperties properties, Environment environment) {
        this.keys = keys;
        this.staff = staff;
        this.properties = properties;
        this.environment = environment;
    }

    /** Waits on the main thread, which has nothing else to do: a server nobody can sign in to has not started. */
    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        var login = keys.active().then(login()).toFuture().get(MINUTES, TimeUnit.MINUTES);
        var address = "http://localhost:" + environment.getProperty("local.server.port", "8080");
        log.info("Abendkasse is at {} (Swagger UI: {}/swagger-ui.html). {}", address, address, login);
    }

    private Mono<String> login() {
        var password = properties.newAdminPassword();
        return password == null
                ? staff.exist().flatMap(exist -> exist ? Mono.just(knownLogin()) : firstLogin())
                : staff.setFirstPassword(password)
                        .thenReturn("Sign in as admin with abendkasse.security.new-admin-password; remove it now.");
    }

    private Mono<String> firstLogin() {
        var given = properties.firstAdminPassword();
        if (given != null) {
            return staff.createFirst(given)
                    .thenReturn("Sign in as admin with abendkasse.security.first-admin-password.");
        }
        return isEmbedded()
                ? printedLogin(newPassword())
                : Mono.just("Nobody can sign in yet: start once with abendkasse.security.first-admin-password set.");
    }

    private Mono<String> printedLogin(String password) {
        return staff.createFirst(password)
                .map(made -> made ? "First login, shown only now: admin / " + password : knownLogin());
    }

    private static String knownLogin() {
        return "Sign in as admin with the password of the first start; lost it? Start once with"
                + " abendkasse.security.new-admin-password set.";
    }

    private boolean isEmbedded() {
        return environment.getProperty("abendkasse.embedded.started", Boolean.class, false);
    }

    private static String newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
