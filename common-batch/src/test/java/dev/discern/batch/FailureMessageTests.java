package dev.discern.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.batch.core.ExitStatus;

class FailureMessageTests {

    @Test
    void findsTheSentenceInAStackTrace() {
        assertThat(sentence(new IllegalStateException("line 3: expected a number")))
                .isEqualTo("line 3: expected a number");
        assertThat(sentence(new IllegalStateException("outside", new IllegalArgumentException("inside: why"))))
                .isEqualTo("inside: why");
        assertThat(sentence(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void leavesASentenceAsItIs() {
        assertThat(FailureMessage.sentence("a.csv: no column b: expected c"))
                .isEqualTo("a.csv: no column b: expected c");
    }

    /** What Spring Batch keeps of a failure until the listener has spoken. */
    private static String sentence(Throwable failure) {
        return FailureMessage.sentence(
                ExitStatus.FAILED.addExitDescription(failure).getExitDescription());
    }
}
