package dev.discern.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Alias;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.model.ServingModels;
import dev.discern.serving.recommend.Answer;
import dev.discern.serving.recommend.Audience;
import dev.discern.serving.recommend.Query;
import dev.discern.serving.recommend.RecommendedItem;
import dev.discern.serving.recommend.Recommender;
import dev.discern.serving.recommend.Strategy;
import dev.discern.serving.testing.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShadowAnswersTests {

    private static final ServingModel CHAMPION = ServingModels.of(TestModels.random("v1", 1));
    private static final ServingModel SHADOW = ServingModels.of(TestModels.random("v2", 2));
    private static final Query QUERY = Query.of(new Audience.User("user-03"), 10);
    private static final Answer GIVEN = new Recommender(CHAMPION, new LiveData()).recommend(QUERY);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private @Nullable ServingModel shadow = SHADOW;
    private @Nullable ShadowAnswers started;

    @AfterEach
    void end() {
        if (started != null) {
            started.end();
        }
    }

    @Test
    void theShadowIsComparedWithWhatWasGiven() throws InterruptedException {
        ShadowAnswers answers = start(ShadowAnswersTests::ask, 1);
        answers.compare(QUERY, Alias.CHAMPION, GIVEN);
        answers.compare(QUERY, Alias.CHALLENGER, ask(SHADOW, QUERY));
        await(() -> report(answers).answers() == 2);

        double overlap = ShadowAnswers.overlap(GIVEN, ask(SHADOW, QUERY));
        assertThat(overlap).isBetween(0.01, 0.99);
        ShadowReport report = report(answers);
        assertThat(report.version()).isEqualTo("v2");
        assertThat(report.meanOverlap()).isCloseTo((overlap + 1) / 2, within(1e-12));
        assertThat(report.strategies())
                .containsExactly(new ShadowReport.ByStrategy(
                        Strategy.PERSONALIZED, Strategy.PERSONALIZED, 2, (overlap + 1) / 2));
        assertThat(report.dropped() + report.failed()).isZero();
        assertThat(meters.get("discern.shadow.overlap")
                        .tag("given", "champion")
                        .summary()
                        .max())
                .isEqualTo(overlap);
        assertThat(meters.get("discern.shadow").tag("version", "v2").timer().count())
                .isEqualTo(2);
    }

    @Test
    void aShadowThatFailsIsCountedAndNobodyElseHears() throws InterruptedException {
        ShadowAnswers answers = start(
                (_, _) -> {
                    throw new IllegalStateException("user-03 has a secret");
                },
                1);
        for (int n = 0; n < 5; n++) {
            answers.compare(QUERY, Alias.CHAMPION, GIVEN);
        }
        await(() -> report(answers).failed() == 5);

        assertThat(report(answers).answers()).isZero();
        assertThat(report(answers).meanOverlap()).isNull();
        assertThat(meters.get("discern.shadow.failures").counter().count()).isEqualTo(5);
    }

    /** A request would wait for ever if it waited at all. */
    @Test
    void aShadowThatIsTooSlowIsPassedOverAndHoldsNobodyUp() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        ShadowAnswers answers = start(
                (model, query) -> {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return ask(model, query);
                },
                1);
        for (int n = 0; n < 1_000; n++) {
            answers.compare(QUERY, Alias.CHAMPION, GIVEN);
        }
        long dropped = report(answers).dropped();
        assertThat(dropped).isBetween(500L, 999L);
        assertThat(meters.get("discern.shadow.dropped").counter().count()).isEqualTo((double) dropped);

        goOn.countDown();
        await(() -> report(answers).answers() == 1_000 - dropped);
    }

    @Test
    void onlyTheShareOfAnswersIsCompared() {
        ShadowAnswers none = start(ShadowAnswersTests::ask, 0);
        IntStream.range(0, 100).forEach(_ -> none.compare(QUERY, Alias.CHAMPION, GIVEN));
        assertThat(none.report())
                .hasValueSatisfying(report ->
                        assertThat(report.answers() + report.dropped()).isZero());
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> start(ShadowAnswersTests::ask, share))
                    .withMessage("discern.traffic.shadow-share: expected 0 to 1, got " + share);
        }
    }

    @Test
    void theShadowIsNotComparedWithItselfAndLargeQueriesAreDropped() {
        ShadowAnswers answers = start(ShadowAnswersTests::ask, 1);
        answers.compare(QUERY, Alias.SHADOW, GIVEN);
        assertThat(report(answers).answers() + report(answers).dropped()).isZero();
        List<String> many = IntStream.range(0, 1_001).mapToObj(n -> "i" + n).toList();
        answers.compare(QUERY.without(many, true), Alias.CHAMPION, GIVEN);
        answers.compare(QUERY.of(many), Alias.CHAMPION, GIVEN);
        answers.compare(Query.of(new Audience.Session(many), 10), Alias.CHAMPION, GIVEN);
        assertThat(report(answers).dropped()).isEqualTo(3);
    }

    @Test
    void anotherShadowBeginsAnew() throws InterruptedException {
        ShadowAnswers answers = start(ShadowAnswersTests::ask, 1);
        answers.compare(QUERY, Alias.CHAMPION, GIVEN);
        await(() -> report(answers).answers() == 1);
        shadow = CHAMPION;
        assertThat(report(answers).version()).isEqualTo("v1");
        assertThat(report(answers).answers()).isZero();
        shadow = null;
        assertThat(answers.report()).isEmpty();
        answers.compare(QUERY, Alias.CHAMPION, GIVEN);
    }

    @Test
    void whatComesAfterTheEndIsDropped() {
        ShadowAnswers answers = start(ShadowAnswersTests::ask, 1);
        answers.end();
        answers.compare(QUERY, Alias.CHAMPION, GIVEN);
        assertThat(report(answers).dropped()).isEqualTo(1);
    }

    @Test
    void overlapIsWhatTwoAnswersHaveInCommon() {
        assertThat(ShadowAnswers.overlap(answer("a", "b", "c", "d"), answer("d", "x")))
                .isEqualTo(0.25);
        assertThat(ShadowAnswers.overlap(answer("a"), answer("a", "b"))).isEqualTo(0.5);
        assertThat(ShadowAnswers.overlap(answer("a"), answer())).isZero();
        assertThat(ShadowAnswers.overlap(answer(), answer())).isEqualTo(1);
    }

    private static Answer answer(String... ids) {
        return new Answer(
                "v",
                Strategy.POPULAR,
                IntStream.range(0, ids.length)
                        .mapToObj(n -> new RecommendedItem(ids[n], n + 1, 1, null, null, null, null))
                        .toList(),
                List.of());
    }

    private static Answer ask(ServingModel model, Query query) {
        return new Recommender(model, new LiveData()).recommend(query);
    }

    private ShadowAnswers start(BiFunction<ServingModel, Query, Answer> question, double share) {
        ShadowAnswers answers = new ShadowAnswers(
                () -> Optional.ofNullable(shadow), question, share, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), meters);
        started = answers;
        return answers;
    }

    private static ShadowReport report(ShadowAnswers answers) {
        return answers.report().orElseThrow();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
