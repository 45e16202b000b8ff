package dev.abendkasse.server.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Hooks;

/** Logs errors that come after a request has ended, except that its client has hung up: strangers could fill the disk. */
@Component
class DroppedErrors {

    private static final Logger log = LoggerFactory.getLogger(DroppedErrors.class);

    DroppedErrors() {
        Hooks.onErrorDropped(DroppedErrors::log);
    }

    private static void log(Throwable error) {
        if (!DisconnectedClientHelper.isClientDisconnectedException(error)) {
            log.error("Nobody was left to hear of this", error);
        }
    }
}
