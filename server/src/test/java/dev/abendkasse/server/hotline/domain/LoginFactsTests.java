package dev.abendkasse.server.hotline.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.hotline.domain.LoginFacts.Match;
import dev.abendkasse.server.hotline.domain.LoginFacts.NextStep;
import dev.abendkasse.server.hotline.domain.LoginFacts.State;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginFactsTests {

    private static final UUID ANOTHER = UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(Match.class)
    void whatStandsAgainstAnAccountComesBeforeHowItWasFound(Match match) {
        assertThat(facts(false, true, ANOTHER, true).nextStep(match)).isEqualTo(NextStep.REGISTER);
        assertThat(facts(false, true, ANOTHER, false).nextStep(match)).isEqualTo(NextStep.OPEN_MERGED);
        assertThat(facts(false, true, null, false).nextStep(match)).isEqualTo(NextStep.UNLOCK);
        assertThat(facts(true, false, null, false).nextStep(match)).isEqualTo(NextStep.SEND_CLAIM);
    }

    @ParameterizedTest
    @EnumSource(
            value = Match.class,
            names = {"FORMER_ADDRESS", "ORDER_ADDRESS"})
    void whoCallsWithAnotherAddressIsToldTheCurrentOne(Match match) {
        assertThat(able(false).nextStep(match)).isEqualTo(NextStep.TELL_CURRENT_ADDRESS);
        assertThat(able(true).nextStep(match)).isEqualTo(NextStep.TELL_CURRENT_ADDRESS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Match.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FORMER_ADDRESS", "ORDER_ADDRESS"})
    void whoCouldGetInIsSentAResetUnlessTheyWereInLately(Match match) {
        assertThat(able(false).nextStep(match)).isEqualTo(NextStep.SEND_RESET);
        assertThat(able(true).nextStep(match)).isEqualTo(NextStep.NONE);
    }

    @Test
    void stateSaysWhatStandsAgainstSigningIn() {
        assertThat(able(false).state()).isEqualTo(State.CAN_LOG_IN);
        assertThat(facts(true, false, null, false).state()).isEqualTo(State.NEEDS_CLAIM);
        assertThat(facts(false, true, null, false).state()).isEqualTo(State.LOCKED);
        assertThat(facts(false, false, ANOTHER, false).state()).isEqualTo(State.MERGED);
        assertThat(facts(false, false, null, true).state()).isEqualTo(State.ERASED);
    }

    private static LoginFacts able(boolean lately) {
        return new LoginFacts(true, false, false, null, false, true, false, null, lately);
    }

    private static LoginFacts facts(boolean needsClaim, boolean locked, @Nullable UUID mergedInto, boolean erased) {
        return new LoginFacts(false, needsClaim, locked, mergedInto, erased, false, false, null, false);
    }
}
