package dev.discern.scoring.llm;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A provider that answers files of calls within hours. Each method makes HTTP calls that cost nothing, but for {@link #create}. */
public interface BatchApi {

    /** A batch, as the provider tells of it. */
    record Batch(
            String id,
            Status status,
            @Nullable String outputFile,
            @Nullable String errorFile,
            int answered,
            @Nullable String error) {

        /** Its files, those that there are. */
        public List<String> files() {
            return java.util.stream.Stream.of(Optional.ofNullable(outputFile), Optional.ofNullable(errorFile))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** Where a batch stands. */
    enum Status {
        VALIDATING,
        IN_PROGRESS,
        FINALIZING,
        CANCELLING,
        COMPLETED,
        /** Not accepted: nothing was asked. */
        FAILED,
        EXPIRED,
        CANCELLED,
        /** A word that this build does not know. */
        OTHER;

        /** Whether nothing more will come of it. */
        public boolean isOver() {
            return switch (this) {
                case COMPLETED, FAILED, EXPIRED, CANCELLED -> true;
                case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING, OTHER -> false;
            };
        }
    }

    /** Uploads an input file: its id. */
    String upload(Path file);

    /** Has an uploaded file answered; the token comes back in the batch's metadata. */
    Batch create(String file, String token);

    /** The batch that was created with this token, if there is one. */
    Optional<Batch> find(String token);

    /** A batch as it is now. */
    Batch poll(String batch);

    /** Hands every line of a file to {@code lines} as it comes. */
    void fetch(String file, Consumer<String> lines);

    /** Asks for a batch to be cancelled: it ends some time later, with what was answered by then. */
    void cancel(String batch);
}
