package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.TimeCursor;
import org.jspecify.annotations.Nullable;

/** Which cases are wanted, from which on. */
public record CaseSearch(
        CaseFile.@Nullable Kind kind,
        CaseFile.@Nullable State state,
        @Nullable TimeCursor<CaseNumber> after) {}
