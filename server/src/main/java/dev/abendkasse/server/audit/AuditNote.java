package dev.abendkasse.server.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is being done.
 *
 * @param by who does it
 * @param action what, as the contract says under {@code x-audit}
 * @param subject the id of what it is done to, never a name or an address
 * @param details what else there is to say; can be erased
 */
public record AuditNote(
        String by, String action, @Nullable String subject, Map<String, ? extends @Nullable Object> details) {

    public static AuditNote of(String by, String action, @Nullable Object subject) {
        return of(by, action, subject, Map.of());
    }

    public static AuditNote of(
            String by, String action, @Nullable Object subject, Map<String, ? extends @Nullable Object> details) {
        return new AuditNote(by, action, subject == null ? null : subject.toString(), details);
    }
}
