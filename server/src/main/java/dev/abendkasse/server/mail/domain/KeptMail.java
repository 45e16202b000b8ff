package dev.abendkasse.server.mail.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A mail that would have been sent.
 *
 * @param id the same as in its Message-ID
 */
public record KeptMail(UUID id, String recipient, String subject, Instant at) {}
