package dev.abendkasse.server.hotline.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether somebody can sign in. The names of the components are those that the database writes.
 *
 * @param canLogIn there is a password that can be checked, and nothing stands against it
 * @param needsClaim there is none, and nothing else stands against it
 * @param formerPassword whether the password is still kept as the former shop kept it
 * @param lately whether somebody was in within the last day
 */
public record LoginFacts(
        boolean canLogIn,
        boolean needsClaim,
        boolean locked,
        @Nullable UUID mergedInto,
        boolean erased,
        boolean emailProven,
        boolean formerPassword,
        @Nullable Instant lastLoginAt,
        boolean lately) {

    public State state() {
        if (erased) {
            return State.ERASED;
        }
        if (mergedInto != null) {
            return State.MERGED;
        }
        if (locked) {
            return State.LOCKED;
        }
        return needsClaim ? State.NEEDS_CLAIM : State.CAN_LOG_IN;
    }

    /** What to do for somebody who says that they cannot get in, and was found by this. */
    public NextStep nextStep(Match match) {
        return switch (state()) {
            case ERASED -> NextStep.REGISTER;
            case MERGED -> NextStep.OPEN_MERGED;
            case LOCKED -> NextStep.UNLOCK;
            case NEEDS_CLAIM -> NextStep.SEND_CLAIM;
            case CAN_LOG_IN -> whoCouldGetIn(match);
        };
    }

    private NextStep whoCouldGetIn(Match match) {
        if (match == Match.FORMER_ADDRESS || match == Match.ORDER_ADDRESS) {
            return NextStep.TELL_CURRENT_ADDRESS;
        }
        return lately ? NextStep.NONE : NextStep.SEND_RESET;
    }

    /** Whether somebody can sign in, and if not, why. */
    public enum State {
        CAN_LOG_IN,
        NEEDS_CLAIM,
        LOCKED,
        MERGED,
        ERASED
    }

    public enum NextStep {
        SEND_CLAIM,
        SEND_RESET,
        UNLOCK,
        TELL_CURRENT_ADDRESS,
        OPEN_MERGED,
        REGISTER,
        NONE
    }

    /** By what somebody was found. */
    public enum Match {
        CUSTOMER_ID,
        CURRENT_ADDRESS,
        USER_NAME,
        FORMER_ADDRESS,
        ORDER_ADDRESS,
        ORDER,
        NAME,
        PHONE
    }
}
