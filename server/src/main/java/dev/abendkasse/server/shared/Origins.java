package dev.abendkasse.server.shared;

import java.net.URI;
import java.util.Locale;

/** Origins of addresses, in the form that browsers send and shops are registered with. */
public final class Origins {

    private Origins() {}

    /** Scheme, host and port; the port only where the address names one. */
    public static String of(URI address) {
        var port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return (address.getScheme() + "://" + address.getHost() + port).toLowerCase(Locale.ROOT);
    }
}
