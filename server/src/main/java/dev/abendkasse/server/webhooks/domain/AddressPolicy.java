package dev.abendkasse.server.webhooks.domain;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those of the public Internet. An endpoint's address comes from outside, and must not
 * become a way to what is reachable only from here.
 *
 * @param allowPrivate also those of private networks and of this machine; never those by which clouds hand out secrets
 */
public record AddressPolicy(boolean allowPrivate) {

    /** By IANA's registries of special addresses, and what clouds answer their machines at. */
    private static final List<Range> NEVER = ranges(
            "0.0.0.0/8",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "fd00:ec2::254/128");

    private static final List<Range> PRIVATE = ranges(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7");

    /** All of IPv6 that has been handed out to the public so far; of IPv4 it is what is left. */
    private static final List<Range> PUBLIC = ranges("0.0.0.0/0", "2000::/3");

    /** Reaches an IPv4 address, in its last four bytes, from a network that has only IPv6 (RFC 6052). */
    private static final Range TRANSLATED = Range.of("64:ff9b::/96");

    public boolean allows(InetAddress address) {
        if (TRANSLATED.holds(address)) {
            return allows(translated(address));
        }
        if (isIn(NEVER, address)) {
            return false;
        }
        return isIn(PRIVATE, address) ? allowPrivate : isIn(PUBLIC, address);
    }

    private static boolean isIn(List<Range> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private static InetAddress translated(InetAddress address) {
        try {
            return Inet4Address.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Range> ranges(String... ranges) {
        return Stream.of(ranges).map(Range::of).toList();
    }

    /** All addresses that begin with the same bits. */
    private record Range(byte[] start, int bits) {

        static Range of(String text) {
            var parts = text.split("/");
            return new Range(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        }

        boolean holds(InetAddress address) {
            var bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                if (((bytes[bit / 8] ^ start[bit / 8]) & (0x80 >>> bit % 8)) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
