package dev.abendkasse.server.testing;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.CustomerImportDelimiter;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.sdk.http.ApiException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Short files of a former shop's customers, sent as the SDK sends them. */
public final class CustomerFiles {

    private CustomerFiles() {}

    /**
     * @param lines of CSV, the first with the columns
     * @return the import
     */
    public static UUID upload(
            AbendkasseOfficeClient office,
            String source,
            OffsetDateTime exportedAt,
            CustomerImportMode mode,
            String... lines)
            throws ApiException {
        return office.customerImports()
                .importCustomers(
                        source,
                        exportedAt,
                        String.join("\n", lines) + "\n",
                        mode,
                        null,
                        CustomerImportDelimiter.COMMA,
                        "en",
                        "main",
                        null)
                .getImportId();
    }
}
