package dev.abendkasse.server.outbox;

/** A message that cannot leave however often it is tried: people must look at it. */
public class Undeliverable extends RuntimeException {

    /** @param message why, for staff; without secrets and personal data */
    public Undeliverable(String message) {
        super(message);
    }
}
