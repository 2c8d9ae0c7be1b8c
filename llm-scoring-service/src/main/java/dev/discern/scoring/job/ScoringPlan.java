package dev.discern.scoring.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.policy.AskingPolicy;
import dev.discern.scoring.policy.PolicyChoice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a scoring job is to do, and its form as job parameters.
 *
 * @param judge {@code embedded}, {@code recorded}, {@code chat} or {@code batch}
 * @param encoder label of the encoder, for the embedded judge and for {@code rescue} candidates
 * @param judgments upload id of the recorded answers, for the recorded judge
 * @param users how many users to ask about, drawn by the seed; null for all
 * @param pairsPerUser at most so many pairs are kept of each prompt
 * @param model version of the published model that candidates are drawn from, and that reports set beside the judge; null for none
 * @param chat what the chat or batch judge is to do; null for the others
 * @param asking whom to ask, and in which order; null for everybody
 * @param dataVersion state of the data when the job was asked for
 */
public record ScoringPlan(
        String judge,
        String encoder,
        @Nullable String judgments,
        @Nullable Integer users,
        long seed,
        int pairsPerUser,
        Quotas quotas,
        // Absent where there is none: a plan from before it was known is the same work.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String model,
        @Nullable ChatPlan chat,
        // Absent where everybody is asked: a plan from before there was a choice is the same work.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PolicyChoice asking,
        String dataVersion) {

    /** The judge that is free and comes with the build. */
    public static final String EMBEDDED = "embedded";

    /** The judge that replays a file. */
    public static final String RECORDED = "recorded";

    /** The judge that asks an LLM. */
    public static final String CHAT = "chat";

    /** The judge that asks an LLM by batches, for less and within hours. */
    public static final String BATCH = "batch";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PLAN = "plan";

    public ScoringPlan {
        if (!judge.equals(EMBEDDED) && !judge.equals(RECORDED) && !asksLlm(judge)) {
            throw new InvalidPlanException(
                    "judge", "unknown judge '%s'; known are embedded, recorded, chat and batch".formatted(judge));
        }
        if (asksLlm(judge) != (chat != null)) {
            throw new InvalidPlanException(
                    "judge",
                    "permutations and budgets are for the chat and batch judges, and it is %s".formatted(judge));
        }
        if (judge.equals(RECORDED) && judgments == null) {
            throw new InvalidPlanException(
                    "judgments", "the recorded judge needs judgments: the id of an uploaded file");
        }
        if (quotas.needModel() && judge.equals(RECORDED)) {
            throw new InvalidPlanException("quotas", "the recorded judge has the candidates of its file");
        }
        if (quotas.needModel() && model == null) {
            throw new InvalidPlanException("model", "candidates of the model need the version of a published model");
        }
        requireEncoder(encoder);
        if (PolicyChoice.EVERYBODY.equals(asking)) {
            asking = null;
        } else if (asking != null) {
            requirePolicy(asking, judge, quotas);
        }
        if (users != null && users < 1) {
            throw new InvalidPlanException("users", "users must be at least 1, not " + users);
        }
        if (pairsPerUser < 1 || pairsPerUser > 190) {
            throw new InvalidPlanException("pairsPerUser", "pairsPerUser must be in [1, 190], not " + pairsPerUser);
        }
    }

    /** A plan without the chat judge and without a model. */
    public ScoringPlan(
            String judge,
            String encoder,
            @Nullable String judgments,
            @Nullable Integer users,
            long seed,
            int pairsPerUser,
            Quotas quotas,
            String dataVersion) {
        this(judge, encoder, judgments, users, seed, pairsPerUser, quotas, null, null, null, dataVersion);
    }

    /** Whom to ask. */
    public AskingPolicy policy() {
        return asking == null ? AskingPolicy.ALL : asking.policy();
    }

    /** Whether to go on after a pilot that speaks against the judge. */
    boolean force() {
        return asking != null && asking.force();
    }

    /** Whether the items' texts are encoded for it. */
    boolean needsVectors() {
        return judge.equals(EMBEDDED) || quotas.needEncoder() || policy() == AskingPolicy.GATE_BUDGET;
    }

    /** Whether this judge asks an LLM, for money. */
    public static boolean asksLlm(@Nullable String judge) {
        return CHAT.equals(judge) || BATCH.equals(judge);
    }

    /** What the chat or batch judge is to do. */
    ChatPlan requireChat() {
        return Objects.requireNonNull(chat);
    }

    private static void requirePolicy(PolicyChoice asking, String judge, Quotas quotas) {
        if (asking.policy() != AskingPolicy.ALL && judge.equals(RECORDED)) {
            throw new InvalidPlanException(
                    "policy",
                    "policy %s draws prompts, and the recorded judge brings its own"
                            .formatted(asking.policy().label()));
        }
        if (asking.policy() == AskingPolicy.COLD_TAIL && !quotas.equals(Quotas.DEFAULTS)) {
            throw new InvalidPlanException("quotas", "policy cold-tail brings its own quotas");
        }
        if (asking.force() && asking.policy() != AskingPolicy.GATE_BUDGET) {
            throw new InvalidPlanException(
                    "force", "force is for policy gate-budget, which alone may stop after its pilot");
        }
    }

    private static void requireEncoder(String label) {
        try {
            Objects.requireNonNull(EncoderModel.of(label));
        } catch (IllegalArgumentException e) {
            throw new InvalidPlanException("encoder", String.valueOf(e.getMessage()));
        }
    }

    /** Identifying parameters: the same plan on the same data is the same work. */
    public JobParameters toJobParameters() {
        return new JobParametersBuilder()
                .addString("judge", judge)
                .addString(PLAN, JSON.writeValueAsString(this))
                .toJobParameters();
    }

    static ScoringPlan of(JobExecution execution) {
        return JSON.readValue(
                Objects.requireNonNull(execution.getJobParameters().getString(PLAN)), ScoringPlan.class);
    }
}
