package dev.abendkasse.server.customer.web;

import dev.abendkasse.api.model.Session;
import dev.abendkasse.server.customer.LoginCart;
import dev.abendkasse.server.customer.Profile;
import dev.abendkasse.server.customer.Registration;
import dev.abendkasse.server.customer.SignedIn;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Contract types on one side, ours on the other. */
final class AccountMapper {

    private AccountMapper() {}

    static Registration toRegistration(dev.abendkasse.api.model.Registration request) {
        return new Registration(
                toEmail(request.getEmail()), request.getPassword(), request.getName(), request.getPhone());
    }

    static EmailAddress toEmail(String typed) {
        return EmailAddress.parse(typed)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/email", "{fault.Email}")));
    }

    static @Nullable LoginCart toCart(dev.abendkasse.api.model.@Nullable LoginCart cart) {
        return cart == null ? null : new LoginCart(cart.getCartId(), cart.getCartToken());
    }

    static ResponseEntity<Session> toSession(SignedIn signedIn) {
        return ResponseEntity.ok(new Session(
                signedIn.access().value(),
                "Bearer",
                (int) signedIn.access().lifetime().toSeconds(),
                signedIn.refreshToken(),
                (int) signedIn.secondsLeft(),
                signedIn.changeAdvised()));
    }

    static dev.abendkasse.api.model.Profile toContract(Profile profile) {
        return new dev.abendkasse.api.model.Profile(
                        profile.id().value(),
                        profile.email(),
                        profile.emailProven(),
                        profile.name(),
                        profile.createdAt())
                .phone(profile.phone());
    }
}
