package dev.abendkasse.server.blacklist.csv;

/** The columns of a file, in the order of an export. */
enum Columns {
    ENTRY_ID("entryId"),
    CUSTOMER_ID("customerId"),
    EMAIL("email"),
    MATCH_KEY("matchKey"),
    REASON("reason"),
    EVIDENCE("evidence"),
    ENDS_AT("endsAt"),
    CREATED_AT("createdAt"),
    CREATED_BY("createdBy"),
    LIFTED_AT("liftedAt"),
    LIFTED_BY("liftedBy"),
    LIFT_NOTE("liftNote");

    private final String title;

    Columns(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
