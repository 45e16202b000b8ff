package dev.abendkasse.server.customer.web;

import dev.abendkasse.api.model.Session;
import dev.abendkasse.server.customer.Profile;
import dev.abendkasse.server.customer.Registration;
import dev.abendkasse.server.security.IssuedToken;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;

/** Contract types on one side, ours on the other. */
final class AccountMapper {

    private AccountMapper() {}

    static Registration toRegistration(dev.abendkasse.api.model.Registration request) {
        var email = EmailAddress.parse(request.getEmail())
                .orElseThrow(
                        () -> new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/email", "{fault.Email}")));
        return new Registration(email, request.getPassword(), request.getName(), request.getPhone());
    }

    static Session toSession(IssuedToken token) {
        return new Session(token.value(), "Bearer", (int) token.lifetime().toSeconds());
    }

    static dev.abendkasse.api.model.Profile toContract(Profile profile) {
        return new dev.abendkasse.api.model.Profile(
                        profile.id().value(), profile.email(), profile.name(), profile.createdAt())
                .phone(profile.phone());
    }
}
