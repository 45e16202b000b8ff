package dev.abendkasse.server.web;

import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where this server is reached from outside, {@code abendkasse.public-url}; else the port it has on this machine. */
@Component
public class PublicAddress {

    private final Environment environment;

    public PublicAddress(Environment environment) {
        this.environment = environment;
    }

    /**
     * Not before the server has started: a random port is known only then.
     *
     * @param path with its slash, as the contract has it
     */
    public URI of(String path) {
        return URI.create(base() + path);
    }

    private String base() {
        var configured = environment.getProperty("abendkasse.public-url", "");
        return configured.isBlank() ? "http://localhost:" + port() : configured.replaceFirst("/+$", "");
    }

    private String port() {
        return environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
    }
}
