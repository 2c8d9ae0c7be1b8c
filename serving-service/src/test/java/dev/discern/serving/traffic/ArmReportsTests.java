package dev.discern.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.db.ArmStore.Answers;
import dev.discern.common.db.ArmStore.Arm;
import dev.discern.common.db.ArmStore.Events;
import dev.discern.serving.traffic.ArmReport.Comparison;
import dev.discern.serving.traffic.ArmReport.Share;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ArmReportsTests {

    private static final LocalDate DAY = LocalDate.parse("2026-01-31");

    /** The first contrast of Newcombe's table II: 56 of 70 and 48 of 80. */
    @Test
    void theChallengerIsComparedWithTheChampion() {
        ArmReport report = ArmReports.report(
                DAY,
                List.of(answers("challenger", "v2", true, 70), answers("champion", "v1", true, 80)),
                List.of(new Events(Map.of("click", 60L, "buy", 5L), 56), new Events(Map.of("click", 48L), 48)));

        assertThat(report.warnings()).isEmpty();
        assertThat(report.arms()).extracting(ArmReport.Result::answersWithEvent).containsExactly(56L, 48L);
        assertThat(report.arms().getFirst().events()).containsExactly(Map.entry("buy", 5L), Map.entry("click", 60L));
        assertThat(report.comparisons()).singleElement().satisfies(comparison -> {
            assertThat(comparison.challenger()).isEqualTo("v2");
            assertThat(comparison.champion()).isEqualTo("v1");
            assertThat(comparison.difference()).satisfies(difference -> {
                assertThat(difference.value()).isCloseTo(0.2, Assertions.within(1e-12));
                assertThat(difference.low()).isCloseTo(0.0524, Assertions.within(0.00005));
                assertThat(difference.high()).isCloseTo(0.3339, Assertions.within(0.00005));
            });
        });
    }

    @Test
    void onlyUsersWhoWereDrawnOnTheSameDaysAreCompared() {
        Events some = new Events(Map.of("click", 1L), 1);
        ArmReport report = ArmReports.report(
                DAY.minusDays(9),
                List.of(
                        answers("challenger", "v2", true, 10),
                        answers("challenger", "v3", false, 10), // asked for by name
                        answers("champion", "v1", false, 10), // sessions
                        answers("champion", "v1", true, 10),
                        answers("champion", "v2", true, 10), // the same model
                        new Answers(new Arm("champion", "v0", true), DAY.minusDays(9), DAY.minusDays(1), 10, 10)),
                List.of(some, some, some, some, some, some));

        assertThat(report.arms()).hasSize(6);
        assertThat(report.comparisons()).extracting(Comparison::champion).containsExactly("v1");
    }

    @Test
    void moreAnswersThanWereGivenAreNotCounted() {
        ArmReport report = ArmReports.report(
                DAY, List.of(answers("champion", "v1", false, 2)), List.of(new Events(Map.of("click", 9L), 7)));

        assertThat(report.arms().getFirst().answersWithEvent()).isEqualTo(2);
        assertThat(report.arms().getFirst().clickThroughRate().value()).isEqualTo(1);
        assertThat(report.warnings())
                .containsExactly(
                        "events name 7 answers of v1 as champion, but only 2 were given: the others are older than the report, or their ids"
                                + " are made up");
    }

    @Test
    void asCsvAnArmIsALine() {
        ArmReport report = ArmReports.report(
                DAY,
                List.of(answers("champion", "v1", true, 4)),
                List.of(new Events(Map.of("click", 2L, "a \"big\", one", 1L), 2)));
        Share rate = report.arms().getFirst().clickThroughRate();

        assertThat(report.csv())
                .isEqualTo(
                        "alias,version,drawn,first_day,last_day,answers,items,answers_with_event,rate,rate_low,rate_high,events\r\n"
                                + "champion,v1,true,2026-01-31,2026-01-31,4,40,2,0.5,%s,%s,\"a \"\"big\"\", one=1 click=2\"\r\n"
                                        .formatted(rate.low(), rate.high()));
    }

    private static Answers answers(String alias, String version, boolean drawn, long answers) {
        return new Answers(new Arm(alias, version, drawn), DAY, DAY, answers, 10 * answers);
    }
}
