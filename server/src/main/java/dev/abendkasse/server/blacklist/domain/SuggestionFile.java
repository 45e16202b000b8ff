package dev.abendkasse.server.blacklist.domain;

import java.util.List;

/**
 * A suggestion with what it rests on.
 *
 * @param facts the newest first
 */
public record SuggestionFile(Suggestion suggestion, List<SuggestionFact> facts) {}
