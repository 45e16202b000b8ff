package dev.abendkasse.server.web;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the web edge.
 *
 * @param bodyLimit how large a request's body may be
 * @param bodyLimits other bounds, by path
 * @param cartsPerMinute how many carts one address may start a minute; the first ones at once
 * @param linksPerMinute how often one address may look at or pay by payment links a minute, and how often anyone by one link
 * @param pickupGuessesPerMinute how many wrong pick-up codes one caller may try a minute
 * @param signInsPerMinute how many registrations, logins, tokens, and changes of a password or an address, each, one address may ask for a
 *     minute
 */
@ConfigurationProperties("abendkasse.web")
public record WebProperties(
        @DefaultValue("64KB") DataSize bodyLimit,
        @DefaultValue Map<String, DataSize> bodyLimits,
        @DefaultValue("60") int cartsPerMinute,
        @DefaultValue("60") int linksPerMinute,
        @DefaultValue("10") int pickupGuessesPerMinute,
        @DefaultValue("10") int signInsPerMinute) {

    DataSize bodyLimit(String path) {
        return bodyLimits.getOrDefault(path, bodyLimit);
    }
}
