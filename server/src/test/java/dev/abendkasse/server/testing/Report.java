package dev.abendkasse.server.testing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What tests have to tell also when all is as it should be: what they measured, and how they can be repeated. */
public final class Report {

    private static final Logger LOG = LoggerFactory.getLogger(Report.class);

    private Report() {}

    /** @param format with {@code {}} for each value, as SLF4J has it */
    public static void tell(String format, Object... values) {
        LOG.info(format, values);
    }
}
