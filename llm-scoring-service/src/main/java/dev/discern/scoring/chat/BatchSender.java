package dev.discern.scoring.chat;

import dev.discern.common.db.DatabaseException;
import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.BatchLedger.Line;
import dev.discern.scoring.budget.BatchLedger.Open;
import dev.discern.scoring.llm.BatchApi;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits a batch as it stands in the ledger. Whoever died between the submission and the commit of the provider's id, or never got
 * the provider's answer, finds the batch in the provider's list by its token.
 */
final class BatchSender {

    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);
    private static final int LINES_PER_READ = 500;

    private final BatchApi api;
    private final BatchLedger batches;
    private final BatchQuestions questions;
    private final DataSource dataSource;
    private final Clock clock;

    BatchSender(BatchApi api, BatchLedger batches, BatchQuestions questions, DataSource dataSource, Clock clock) {
        this.api = api;
        this.batches = batches;
        this.questions = questions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Submits a batch that was made just now. */
    void submit(Open batch) {
        String file = batch.providerFile();
        if (file == null) {
            file = upload(batch);
            batches.uploaded(batch.id(), file);
        }
        create(batch, file);
    }

    /** Whoever cancels the batch at this moment waits for the provider's id of it. */
    private void create(Open batch, String file) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            if (batches.lockUnsubmitted(connection, batch.id())) {
                BatchApi.Batch created = api.create(file, batch.token().toString());
                batches.submitted(connection, batch.id(), created.id(), clock.instant());
                LOG.info(
                        "run {}: batch {} of {} lines is {} at the provider",
                        batch.runId(),
                        batch.id(),
                        batch.lines(),
                        created.id());
            }
            connection.commit();
        } catch (SQLException e) {
            throw new DatabaseException("submitting batch " + batch.id(), e);
        }
    }

    /** Submits a batch of which nobody knows whether it was: unless the provider has it, or it is not to be submitted any more. */
    void resubmit(Open batch) {
        Optional<BatchApi.Batch> found = api.find(batch.token().toString());
        if (found.isPresent()) {
            batches.submitted(batch.id(), found.get().id(), clock.instant());
            LOG.info(
                    "run {}: batch {} is at the provider already: {}",
                    batch.runId(),
                    batch.id(),
                    found.get().id());
        } else if (batch.lines() > 0
                && batch.stopAskedAt() == null
                && clock.instant().isBefore(batch.deadline())) {
            submit(batch);
        } else {
            batches.drop(batch.id(), "the batch was never submitted");
            batches.end(batch.id(), "never submitted", clock.instant());
        }
    }

    private String upload(Open batch) {
        try {
            Path file = Files.createTempFile("discern-batch-", ".jsonl");
            try {
                write(batch, file);
                return api.upload(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing the input of batch " + batch.id(), e);
        }
    }

    private void write(Open batch, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            long after = 0;
            for (List<Line> lines = batches.inFlight(batch.id(), after, LINES_PER_READ);
                    !lines.isEmpty();
                    lines = batches.inFlight(batch.id(), after, LINES_PER_READ)) {
                Map<ByteBuffer, BatchQuestions.Asked> asked = questions.of(lines);
                for (Line line : lines) {
                    BatchQuestions.Asked known = asked.get(ByteBuffer.wrap(line.key()));
                    if (known != null) { // else the text of an item has changed: nobody asks that any more
                        writer.write(questions.sent(known.question()).line());
                        writer.write('\n');
                    }
                    after = line.id();
                }
            }
        }
    }
}
