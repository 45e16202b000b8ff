package dev.abendkasse.server.relaunch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the machine the passwords of a former shop take.
 *
 * @param wrappingThreads how many weak hashes are wrapped at once, on the one replica that does it; 0: none
 */
@ConfigurationProperties("abendkasse.relaunch")
public record RelaunchProperties(@DefaultValue("1") int wrappingThreads) {}
