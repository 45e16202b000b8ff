package dev.abendkasse.server.migration.formershop;

/** What is wrong with a row as it is written, and not with a value in it. */
enum Damage {
    LAST_CELL_MISSING,
    CELL_TOO_MANY,
    CUT_OFF,
    UNKNOWN_MEMBER,
    OBJECT_FOR_NAME,
    HALF_A_CHARACTER
}
