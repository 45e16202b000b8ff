package dev.abendkasse.server.sandbox;

import java.net.URI;

/** Where the sandbox listens; there is none when an outside provider is configured. */
public interface SandboxAddress {

    /** Not before the server has started. */
    URI value();
}
