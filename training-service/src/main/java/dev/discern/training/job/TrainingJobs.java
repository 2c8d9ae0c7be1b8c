package dev.discern.training.job;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.db.DataVersion;
import dev.discern.web.problem.FieldProblem;
import dev.discern.web.problem.ProblemException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Starts the jobs of this service. */
@Component
public class TrainingJobs {

    private final Jobs jobs;
    private final Job training;
    private final Job evaluation;
    private final Job matrix;
    private final Job search;
    private final TrainingPlans plans;
    private final MatrixPlans matrixPlans;
    private final SearchPlans searchPlans;
    private final DataSource dataSource;

    TrainingJobs(
            Jobs jobs,
            @Qualifier("trainingJob") Job training,
            @Qualifier("evaluationJob") Job evaluation,
            @Qualifier("matrixJob") Job matrix,
            @Qualifier("searchJob") Job search,
            TrainingPlans plans,
            MatrixPlans matrixPlans,
            SearchPlans searchPlans,
            DataSource dataSource) {
        this.jobs = jobs;
        this.training = training;
        this.evaluation = evaluation;
        this.matrix = matrix;
        this.search = search;
        this.plans = plans;
        this.matrixPlans = matrixPlans;
        this.searchPlans = searchPlans;
        this.dataSource = dataSource;
    }

    /**
     * Trains one model on the data that there is now.
     *
     * @throws ProblemException 400 naming the field that is wrong; 409 when there is no data, or the scoring run is not completed
     */
    public JobResource train(TrainingRequest request) {
        return jobs.start(training, plans.plan(request, dataVersion()).toJobParameters());
    }

    private String dataVersion() {
        DataVersion data = DataVersion.read(dataSource);
        if (data.interactions() == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NO_DATA", "there are no interactions to train on; import some first");
        }
        return data.name();
    }

    /**
     * A request with its defaults written out, once it is known that it can be trained, but for the scoring run where it names none.
     *
     * @throws ProblemException 400 naming the field, as of a member {@code training}
     */
    TrainingRequest checked(TrainingRequest request) {
        TrainingRequest complete = request.complete();
        try {
            TrainingPlan plan = plans.unchecked(complete, "");
            if (!NamedVersions.CHAMPION.equals(plan.warmStart())) { // who will be champion is known only then
                plans.requireBeginning(plan);
            }
            if (complete.scoringRun() != null) {
                plans.requireRun(plan);
            }
        } catch (ProblemException e) {
            FieldProblem[] within = e.errors().stream()
                    .map(error -> new FieldProblem("/training" + error.pointer(), error.code(), error.message()))
                    .toArray(FieldProblem[]::new);
            throw e.with(within);
        }
        return complete;
    }

    /**
     * Trains and compares many models on the data that there is now.
     *
     * @throws ProblemException 400 naming the field that is wrong, as of a member {@code matrix}; 409 when there is no data, or a scoring
     *     run is not completed
     */
    public JobResource matrix(MatrixRequest request) {
        return jobs.start(matrix, matrixPlans.plan(request, dataVersion()).toJobParameters());
    }

    /**
     * Looks for parameters on the data that there is now, by validation items alone.
     *
     * @throws ProblemException 400 naming the field that is wrong; 409 when there is no data, or the scoring run is not completed
     */
    public JobResource search(SearchRequest request) {
        return jobs.start(search, searchPlans.plan(request, dataVersion()).toJobParameters());
    }

    /** Compares published models; the first is the reference. */
    public JobResource evaluate(List<String> versions, long seed) {
        return jobs.start(evaluation, EvaluationSteps.parameters(versions, seed));
    }
}
