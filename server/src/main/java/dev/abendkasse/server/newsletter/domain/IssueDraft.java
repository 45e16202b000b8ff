package dev.abendkasse.server.newsletter.domain;

import java.util.Map;

/** @param contents by language, {@code de} or {@code en}; one at least */
public record IssueDraft(String name, Map<String, IssueText> contents) {}
