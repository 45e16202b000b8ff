package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.CustomerImportExplanation;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CutOverSignature;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.CustomerFiles;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What administrators do with customers of former shops. */
record ImportDeeds(AbendkasseOfficeClient office) {

    Map<String, Deed> all() {
        return Map.of(
                "importCustomers",
                Deed.once(() -> this::upload),
                "applyCustomerImport",
                Deed.repeatable(() -> {
                    var checked = checked();
                    var version = "\""
                            + office.customerImports()
                                    .getCustomerImport(checked)
                                    .getVersion() + "\"";
                    return () -> office.customerImports().applyCustomerImport(checked, version);
                }),
                "cancelCustomerImport",
                Deed.repeatable(() -> {
                    var checked = checked();
                    return () -> office.customerImports().cancelCustomerImport(checked);
                }),
                "getCustomerImportRejections",
                Deed.once(() -> {
                    var checked = checked();
                    return () -> office.customerImports().getCustomerImportRejections(checked);
                }),
                "explainCustomerImportRows",
                Deed.repeatable(() -> {
                    var applied = ended(upload(CustomerImportMode.APPLY, "1,no address,Example"));
                    return () -> office.customerImports()
                            .explainCustomerImportRows(
                                    applied,
                                    new CustomerImportExplanation()
                                            .addRowsItem(1L)
                                            .note("A test account"));
                }),
                "openCutOver",
                Deed.repeatable(() -> {
                    Awaitility.await()
                            .until(() -> office.customerImports().getCutOver().getImportsUnderWay() == 0);
                    var digest = office.customerImports().getCutOver().getExceptionsDigest();
                    return () -> office.customerImports()
                            .openCutOver(new CutOverSignature()
                                    .exceptionsDigest(digest)
                                    .note("None"));
                }));
    }

    private UUID upload() throws ApiException {
        return upload(CustomerImportMode.DRY_RUN, "1,deeds@example.org,Example");
    }

    private UUID upload(CustomerImportMode mode, String row) throws ApiException {
        return CustomerFiles.upload(office, "deeds", OffsetDateTime.now(), mode, "customerNumber,email,name", row);
    }

    private UUID checked() throws ApiException {
        return ended(upload());
    }

    private UUID ended(UUID importId) {
        Awaitility.await()
                .until(() ->
                        office.customerImports().getCustomerImport(importId).getEndedAt() != null);
        return importId;
    }
}
