package dev.abendkasse.server.web;

/** Spring Security's filters stand at -100. Ours come after them, so that a refusal carries the CORS headers too. */
final class FilterOrder {

    static final int STRICT_ADDRESS = -90;
    static final int RATE_LIMITS = -80;
    static final int BODY_LIMIT = -70;

    private FilterOrder() {}
}
