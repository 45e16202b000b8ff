package dev.abendkasse.server.audit;

/**
 * Something that staff do.
 *
 * @param preparation of what it needs, which leads to the request itself
 * @param again whether doing it a second time is the same request, or changes nothing
 */
record Deed(Preparation preparation, boolean again) {

    /** Gets ready what the act needs. */
    interface Preparation {

        Act prepare() throws Exception;
    }

    /** One request. */
    interface Act {

        Object run() throws Exception;
    }

    static Deed once(Preparation preparation) {
        return new Deed(preparation, false);
    }

    /** The second request is answered like the first, without anything being done. */
    static Deed repeatable(Preparation preparation) {
        return new Deed(preparation, true);
    }
}
