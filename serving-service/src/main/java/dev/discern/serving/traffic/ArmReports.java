package dev.discern.serving.traffic;

import dev.discern.common.artifact.Alias;
import dev.discern.common.db.ArmStore;
import dev.discern.common.db.ArmStore.Answers;
import dev.discern.common.db.ArmStore.Events;
import dev.discern.common.db.ArmStore.Ids;
import dev.discern.common.db.DatabaseException;
import dev.discern.common.statistics.Interval;
import dev.discern.common.statistics.Proportion;
import dev.discern.serving.live.Database;
import dev.discern.serving.recommend.Arm;
import dev.discern.serving.recommend.RecommendationId;
import dev.discern.serving.traffic.ArmReport.Comparison;
import dev.discern.serving.traffic.ArmReport.Result;
import dev.discern.serving.traffic.ArmReport.Share;
import dev.discern.web.problem.ProblemException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Brings the counts of answers and the events that carry their ids together. */
@Component
public final class ArmReports {

    /** SQL state of Postgres: no such table. */
    private static final String UNDEFINED_TABLE = "42P01";

    private static final int MIGRATION_RETRY_SECONDS = 30;

    private final Database database;

    ArmReports(Database database) {
        this.database = database;
    }

    /**
     * What came of the answers from a day on.
     *
     * @param since UTC
     * @throws ProblemException 503 while the database is away, and where none is configured or it has no table of answers yet
     */
    public ArmReport since(LocalDate since) {
        return database.read(stores -> {
            List<Answers> answers = given(stores.arms(), since);
            List<Ids> ids = answers.stream().map(ArmReports::ids).toList();
            return report(since, answers, stores.arms().events(ids, since));
        });
    }

    private static List<Answers> given(ArmStore store, LocalDate since) {
        try {
            return store.since(since);
        } catch (DatabaseException e) {
            if (e.getCause() instanceof SQLException cause && UNDEFINED_TABLE.equals(cause.getSQLState())) {
                throw new ProblemException(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "MIGRATION_MISSING",
                                "the database has no table arm_answers yet: migration V16 makes it, which the scoring and the training"
                                        + " service apply when they start; start either in this version")
                        .retryAfter(MIGRATION_RETRY_SECONDS);
            }
            throw e;
        }
    }

    private static Ids ids(Answers answers) {
        Arm arm = arm(answers);
        return new Ids(RecommendationId.first(arm), RecommendationId.last(arm));
    }

    private static Arm arm(Answers answers) {
        return new Arm(
                Alias.of(answers.arm().alias()),
                answers.arm().version(),
                answers.arm().drawn());
    }

    /**
     * A report.
     *
     * @param events as many as {@code answers}, in their order
     */
    static ArmReport report(LocalDate since, List<Answers> answers, List<Events> events) {
        List<Result> arms = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (int n = 0; n < events.size(); n++) {
            arms.add(result(answers.get(n), events.get(n), warnings));
        }
        return new ArmReport(since, arms, comparisons(arms), warnings);
    }

    /** Ids can be made up, and those of answers before the first day come after it: no more answers have events than were given. */
    private static Result result(Answers given, Events events, List<String> warnings) {
        Arm arm = arm(given);
        if (events.answers() > given.answers()) {
            warnings.add(
                    "events name %d answers of %s as %s, but only %d were given: the others are older than the report, or their ids are made up"
                            .formatted(events.answers(), arm.version(), arm.alias(), given.answers()));
        }
        Proportion rate = new Proportion(Math.min(events.answers(), given.answers()), given.answers());
        return new Result(
                arm.alias(),
                arm.version(),
                arm.drawn(),
                given.firstDay(),
                given.lastDay(),
                given.answers(),
                given.items(),
                events.byKind(),
                rate.hits(),
                Share.of(rate));
    }

    private static List<Comparison> comparisons(List<Result> arms) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Result challenger : arms) {
            for (Result champion : arms) {
                if (challenger.alias() == Alias.CHALLENGER
                        && champion.alias() == Alias.CHAMPION
                        && challenger.drawn()
                        && champion.drawn()
                        && !challenger.version().equals(champion.version())
                        && !challenger.firstDay().isAfter(champion.lastDay())
                        && !champion.firstDay().isAfter(challenger.lastDay())) {
                    comparisons.add(comparison(challenger, champion));
                }
            }
        }
        return comparisons;
    }

    private static Comparison comparison(Result challenger, Result champion) {
        Proportion one = new Proportion(challenger.answersWithEvent(), challenger.answers());
        Proportion other = new Proportion(champion.answersWithEvent(), champion.answers());
        Interval interval = one.intervalOfMinus(other);
        return new Comparison(
                challenger.version(), champion.version(), new Share(one.minus(other), interval.low(), interval.high()));
    }
}
