package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.FileKind;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What an import is to do. Equal parameters are one piece of work, except for dry runs, which always run again.
 *
 * @param items upload id of the file of items, or null
 * @param interactions upload id of the file of interactions, or null
 * @param maxRejectShare the share of a file's rows, 0 to 1, above which nothing is imported
 * @param dryRun whether to validate and count only
 */
public record ImportParameters(
        @Nullable String items, @Nullable String interactions, double maxRejectShare, boolean dryRun) {

    private static final String ITEMS = "items";
    private static final String INTERACTIONS = "interactions";
    private static final String MAX_REJECT_SHARE = "maxRejectShare";
    private static final String DRY_RUN = "dryRun";
    private static final String DRY_RUN_ID = "dryRunId";

    public ImportParameters {
        if (items == null && interactions == null) {
            throw new IllegalArgumentException("an import needs items or interactions");
        }
        if (!(maxRejectShare >= 0 && maxRejectShare <= 1)) {
            throw new IllegalArgumentException("maxRejectShare must be from 0 to 1: " + maxRejectShare);
        }
    }

    static ImportParameters of(JobParameters parameters) {
        Double share = parameters.getDouble(MAX_REJECT_SHARE);
        return new ImportParameters(
                parameters.getString(ITEMS),
                parameters.getString(INTERACTIONS),
                share == null ? 0 : share,
                Boolean.parseBoolean(parameters.getString(DRY_RUN)));
    }

    /** The parameters as the job takes them. */
    public JobParameters toJobParameters() {
        JobParametersBuilder parameters = new JobParametersBuilder();
        if (items != null) {
            parameters.addString(ITEMS, items);
        }
        if (interactions != null) {
            parameters.addString(INTERACTIONS, interactions);
        }
        parameters.addDouble(MAX_REJECT_SHARE, maxRejectShare).addString(DRY_RUN, Boolean.toString(dryRun));
        if (dryRun) {
            parameters.addString(DRY_RUN_ID, UUID.randomUUID().toString());
        }
        return parameters.toJobParameters();
    }

    /** The upload id of the file of this kind, if there is one. */
    Optional<String> upload(FileKind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case ITEMS -> items;
                    case INTERACTIONS -> interactions;
                });
    }
}
