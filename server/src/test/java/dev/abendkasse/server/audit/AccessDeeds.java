package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.Allotment;
import dev.abendkasse.office.model.ApiClientChange;
import dev.abendkasse.office.model.ApiClientDraft;
import dev.abendkasse.office.model.ApiClientSecretRotation;
import dev.abendkasse.office.model.NewPassword;
import dev.abendkasse.office.model.PasswordChange;
import dev.abendkasse.office.model.StaffAccountChange;
import dev.abendkasse.office.model.StaffAccountDraft;
import dev.abendkasse.office.model.TokenKeyState;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What administrators do with those who may come in, and with the keys of their tokens. */
record AccessDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    private static final String PASSWORD = "a password for tests";
    private static final String FIRST = "\"1\"";

    /** A request about the account or program of this name. */
    private interface Work {

        Object on(String name) throws Exception;
    }

    Map<String, Deed> all() {
        var all = new HashMap<>(staff());
        all.putAll(programs());
        all.put("rotateTokenKey", Deed.once(() -> () -> office.tokenKeys().rotateTokenKey()));
        all.put("withdrawTokenKey", Deed.repeatable(() -> {
            var key = nextKey();
            return () -> office.tokenKeys().withdrawTokenKey(key);
        }));
        return all;
    }

    private Map<String, Deed> staff() {
        return Map.of(
                "createStaffAccount",
                Deed.once(() -> () -> hired()),
                "updateStaffAccount",
                withStaff(name -> office.staffAccounts()
                        .updateStaffAccount(name, FIRST, new StaffAccountChange().scopes(Set.of("back-office")))),
                "lockStaffAccount",
                withStaff(name -> office.staffAccounts().lockStaffAccount(name)),
                "unlockStaffAccount",
                Deed.repeatable(() -> {
                    var name = hired();
                    office.staffAccounts().lockStaffAccount(name);
                    return () -> office.staffAccounts().unlockStaffAccount(name);
                }),
                "setStaffPassword",
                withStaff(name ->
                        office.staffAccounts().setStaffPassword(name, new NewPassword().password("another password"))),
                "changeOwnPassword",
                Deed.once(() -> {
                    var token = AccessTokens.password(theatre.address(), hired(), PASSWORD)
                            .get();
                    var own = AbendkasseOfficeClient.at(theatre.address())
                            .accessToken(token)
                            .build()
                            .staffAccounts();
                    return () -> own.changeOwnPassword(
                            new PasswordChange().currentPassword(PASSWORD).newPassword("another password"));
                }));
    }

    private Map<String, Deed> programs() {
        return Map.of(
                "createApiClient",
                Deed.repeatable(() -> {
                    var draft = program();
                    var key = UUID.randomUUID();
                    return () -> office.apiClients().createApiClient(key, draft);
                }),
                "updateApiClient",
                withProgram(id -> office.apiClients()
                        .updateApiClient(
                                id, FIRST, new ApiClientChange().name("Another").scopes(Set.of("partner")))),
                "lockApiClient",
                withProgram(id -> office.apiClients().lockApiClient(id)),
                "unlockApiClient",
                Deed.repeatable(() -> {
                    var id = added();
                    office.apiClients().lockApiClient(id);
                    return () -> office.apiClients().unlockApiClient(id);
                }),
                "rotateApiClientSecret",
                Deed.repeatable(() -> {
                    var id = added();
                    var key = UUID.randomUUID();
                    return () -> office.apiClients()
                            .rotateApiClientSecret(id, key, new ApiClientSecretRotation().oldSecretSeconds(60));
                }),
                "putAllotment",
                withProgram(id -> office.apiClients().putAllotment(id, FIRST, new Allotment().everything(true))));
    }

    private Deed withStaff(Work work) {
        return Deed.once(() -> {
            var name = hired();
            return () -> work.on(name);
        });
    }

    private Deed withProgram(Work work) {
        return Deed.once(() -> {
            var id = added();
            return () -> work.on(id);
        });
    }

    private String hired() throws ApiException {
        var draft = new StaffAccountDraft()
                .userName("staff-" + UUID.randomUUID())
                .password(PASSWORD)
                .scopes(Set.of("gate"));
        return office.staffAccounts().createStaffAccount(draft).getUserName();
    }

    private String added() throws ApiException {
        return office.apiClients()
                .createApiClient(UUID.randomUUID(), program())
                .getClient()
                .getClientId();
    }

    private static ApiClientDraft program() {
        return new ApiClientDraft()
                .clientId("partner-" + UUID.randomUUID())
                .name("A partner")
                .scopes(Set.of("partner"));
    }

    /** Nothing is signed with it yet. */
    private String nextKey() throws ApiException {
        return office.tokenKeys().listTokenKeys().getItems().stream()
                .filter(key -> key.getState() == TokenKeyState.NEXT)
                .findFirst()
                .orElseThrow()
                .getKeyId();
    }
}
