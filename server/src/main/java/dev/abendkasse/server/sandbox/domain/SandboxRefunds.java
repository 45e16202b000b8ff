package dev.abendkasse.server.sandbox.domain;

import java.util.Arrays;
import java.util.Optional;

/** What becomes of a payment's refunds, by choice of whoever tests. */
public enum SandboxRefunds {
    SUCCEED("refunds-succeed"),
    /** Until somebody decides. */
    STAY_PENDING("refunds-stay-pending"),
    /** The shop is told at once. */
    FAIL("refunds-fail"),
    /** The shop is first told that it has succeeded, as happens at real providers. */
    FAIL_LATE("refunds-fail-late"),
    /** They are not even made. */
    BE_REFUSED("refunds-be-refused");

    private final String code;

    SandboxRefunds(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<SandboxRefunds> byCode(String code) {
        return Arrays.stream(values())
                .filter(choice -> choice.code.equals(code))
                .findFirst();
    }
}
