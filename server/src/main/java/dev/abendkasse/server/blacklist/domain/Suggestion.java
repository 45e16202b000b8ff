package dev.abendkasse.server.blacklist.domain;

import java.util.List;

/** A person whom one might block, and why. */
public record Suggestion(Candidate person, List<SuggestionReason> reasons) {}
