package dev.abendkasse.server.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from, as coarse as one line of the Internet: an IPv4 address, or the /64 that one IPv6
 * subscriber has. Behind a proxy it is the proxy's unless server.forward-headers-strategy says otherwise.
 *
 * @param prefix the address or its prefix
 */
public record ClientAddress(String prefix) {

    private static final ClientAddress UNKNOWN = new ClientAddress("unknown");
    private static final int PREFIX_BYTES = 8;

    public static ClientAddress of(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        if (remote == null) {
            return UNKNOWN;
        }
        var address = remote.isUnresolved() ? literal(remote.getHostString()) : remote.getAddress();
        return address == null ? UNKNOWN : of(address);
    }

    static ClientAddress of(InetAddress address) {
        return new ClientAddress(
                address instanceof Inet6Address
                        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX_BYTES))
                        : address.getHostAddress());
    }

    /** A proxy's header may hold anything; it is never looked up. */
    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
