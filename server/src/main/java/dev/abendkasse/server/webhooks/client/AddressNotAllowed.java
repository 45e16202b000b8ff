package dev.abendkasse.server.webhooks.client;

/** The host leads to where nothing may be sent. */
final class AddressNotAllowed extends RuntimeException {

    AddressNotAllowed() {
        super("The address is not allowed", null, false, false);
    }
}
