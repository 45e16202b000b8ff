package dev.abendkasse.server.payment.provider;

import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where this server is reached from outside, {@code abendkasse.public-url}; else the port it has on this machine. */
@Component
class PublicAddress {

    private final Environment environment;

    PublicAddress(Environment environment) {
        this.environment = environment;
    }

    /** Not before the server has started: a random port is known only then. */
    URI notificationsOf(String provider) {
        return URI.create(base() + "/v1/payment-notifications/" + provider);
    }

    private String base() {
        var configured = environment.getProperty("abendkasse.public-url", "");
        return configured.isBlank() ? "http://localhost:" + port() : configured.replaceFirst("/+$", "");
    }

    private String port() {
        return environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
    }
}
