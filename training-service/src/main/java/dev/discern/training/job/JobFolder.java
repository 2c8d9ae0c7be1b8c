package dev.discern.training.job;

import dev.discern.training.evaluation.MatrixReport.DayOrder;
import dev.discern.training.trainer.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import tools.jackson.databind.json.JsonMapper;

/** The folder of one job, kept until the job has told what it found: the data as all its steps and restarts see it, and their files. */
record JobFolder(Path path) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Opens it, and makes it where it is not there yet.
     *
     * @param kind of job
     * @param plan what the job does, as text: the same in every process
     */
    static JobFolder open(Path checkpoints, String kind, JobExecution execution, String plan) throws IOException {
        // Instances are counted in each database: another one's work in the same folder has another plan.
        Path path = checkpoints.resolve("%s-%d-%08x".formatted(kind, execution.getJobInstanceId(), plan.hashCode()));
        Files.createDirectories(path);
        return new JobFolder(path);
    }

    Path snapshot() {
        return file("snapshot.bin");
    }

    Path trend() {
        return file("trend.bin");
    }

    Path itemTexts() {
        return file("text-vectors.bin");
    }

    /** The folder of the version that training begins with. */
    Path warmStart() {
        return file("warm-start");
    }

    Path file(String name) {
        return path.resolve(name);
    }

    private Path dayOrder() {
        return file("day-order.json");
    }

    void write(DayOrder order) throws IOException {
        DurableFile.write(dayOrder(), out -> out.write(JSON.writeValueAsBytes(order)));
    }

    /** How the snapshot's days were shuffled; null where they were not. */
    @Nullable
    DayOrder readDayOrder() throws IOException {
        return Files.exists(dayOrder()) ? JSON.readValue(Files.readAllBytes(dayOrder()), DayOrder.class) : null;
    }

    void delete() throws IOException {
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
