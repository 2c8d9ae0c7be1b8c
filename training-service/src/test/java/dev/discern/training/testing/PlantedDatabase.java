package dev.discern.training.testing;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.PairJudgmentStore;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import dev.discern.common.judgment.PairJudgment;
import dev.discern.common.random.Seeds;
import dev.discern.training.dataset.TrainingData;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/** Planted data as rows. Users come in descending order, so that row ids and dense indices never agree by chance. */
public record PlantedDatabase(DataSource dataSource, PlantedData planted) {

    private static final int CANDIDATES = 8;

    /** Writes users, items and interactions. */
    public void writeInteractions() {
        InteractionMatrix histories = planted.histories();
        write(connection -> {
            try (PreparedStatement users =
                            connection.prepareStatement("insert into app_user (external_id) values (?)");
                    PreparedStatement items =
                            connection.prepareStatement("insert into item (external_id, title) values (?, ?)");
                    PreparedStatement interactions = connection.prepareStatement("""
                            insert into interaction (user_id, item_id, event_time)
                            select u.id, i.id, ? from app_user u, item i where u.external_id = ? and i.external_id = ?""")) {
                for (int user = planted.users() - 1; user >= 0; user--) {
                    users.setString(1, userId(user));
                    users.addBatch();
                }
                for (int item = 0; item < planted.items(); item++) {
                    items.setString(1, itemId(item));
                    items.setString(2, "Item " + item);
                    items.addBatch();
                }
                for (int user = 0; user < planted.users(); user++) {
                    int[] row = histories.row(user);
                    for (int position = 0; position < row.length; position++) {
                        interactions.setTimestamp(1, Timestamp.from(Instant.ofEpochSecond(1_000_000L + position)));
                        interactions.setString(2, userId(user));
                        interactions.setString(3, itemId(row[position]));
                        interactions.addBatch();
                    }
                }
                users.executeBatch();
                items.executeBatch();
                interactions.executeBatch();
            }
        });
    }

    /** Writes text vectors that tell the tastes, with some noise, for the items of even number, or for all of them. */
    public void writeItemVectors(String encoder, boolean all) {
        SplittableRandom random = new Seeds(planted.seed()).random("vectors");
        Map<String, float[]> vectors = new HashMap<>();
        new ItemStore(dataSource).forEach((item, rowId) -> {
            int index = Integer.parseInt(item.id().substring(1));
            if (all || index % 2 == 0) {
                float[] vector = new float[6];
                vectors.put(ItemText.of(item).hash(), vector);
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = (float) (0.3 * random.nextGaussian() + (d % 2 == index % 2 ? 1 : 0));
                }
            }
        });
        new ItemVectorStore(dataSource).add(encoder, vectors);
    }

    /**
     * Writes a scoring run of a judge who knows the tastes: each user's audit item among candidates drawn uniformly.
     *
     * @param status such as {@code COMPLETED}
     * @return the run's id
     */
    public long writeScoringRun(String status) {
        long[] run = new long[1];
        write(connection -> {
            run[0] = number(connection, """
                    insert into scoring_run (job_instance, judge, parameters, data_version, status)
                    select coalesce(max(job_instance), 1000000) + 1, 'planted', '{}', '', '%s' from scoring_run returning id""".formatted(status));
            TrainingData data = planted.data();
            SplittableRandom random = new Seeds(planted.seed()).random("scoring-run");
            List<JudgmentStore.KeyedSet> sets = new ArrayList<>();
            List<JudgmentStore.Answer> answers = new ArrayList<>();
            List<PairJudgment> pairs = new ArrayList<>();
            for (int user = 0; user < planted.users(); user++) {
                Set<Integer> shown = new LinkedHashSet<>(List.of(data.split().validation()[user]));
                while (shown.size() <= CANDIDATES) {
                    shown.add(random.nextInt(planted.items()));
                }
                List<Candidate> candidates = new ArrayList<>();
                List<Float> scores = new ArrayList<>();
                for (int item : shown) {
                    candidates.add(new Candidate(
                            rowId(connection, "item", itemId(item)),
                            candidates.isEmpty() ? CandidateSource.AUDIT : CandidateSource.UNIFORM,
                            candidates.isEmpty() ? 1 : (double) CANDIDATES / planted.items()));
                    scores.add((planted.likes(user, item) ? 0.6f : 0.2f) + 0.2f * (float) random.nextDouble());
                }
                Judgment.Scored scored = new Judgment.Scored(scores, 1);
                long userRow = rowId(connection, "app_user", userId(user));
                byte[] key =
                        ByteBuffer.allocate(12).putLong(run[0]).putInt(user).array();
                sets.add(new JudgmentStore.KeyedSet(key, new CandidateSet(userRow, List.of(), 1, candidates)));
                answers.add(new JudgmentStore.Answer(
                        key, userRow, candidates.stream().map(Candidate::itemId).toList(), scored, 0));
                pairs.addAll(pairs(userRow, candidates, scored.standardized()));
            }
            JudgmentStore judgments = new JudgmentStore(dataSource);
            judgments.writeSets(connection, run[0], sets);
            judgments.write(connection, answers);
            new PairJudgmentStore(dataSource).write(connection, run[0], pairs);
        });
        return run[0];
    }

    /** All pairs but those of the audit item, which stands first. */
    private static List<PairJudgment> pairs(long user, List<Candidate> candidates, float[] z) {
        List<PairJudgment> pairs = new ArrayList<>();
        for (int a = 1; a < z.length; a++) {
            for (int b = a + 1; b < z.length; b++) {
                int preferred = z[a] >= z[b] ? a : b;
                pairs.add(new PairJudgment(
                        user,
                        candidates.get(preferred).itemId(),
                        candidates.get(a + b - preferred).itemId(),
                        Math.abs(z[a] - z[b]),
                        1,
                        CandidateSource.UNIFORM));
            }
        }
        return pairs;
    }

    /** External id of a user, in the order of dense indices. */
    public static String userId(int user) {
        return String.format(Locale.ROOT, "u%05d", user);
    }

    /** External id of an item, in the order of dense indices. */
    public static String itemId(int item) {
        return String.format(Locale.ROOT, "i%05d", item);
    }

    private static long rowId(Connection connection, String table, String externalId) throws SQLException {
        return number(connection, "select id from %s where external_id = '%s'".formatted(table, externalId));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private interface Writing {
        void to(Connection connection) throws SQLException;
    }

    private void write(Writing writing) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            writing.to(connection);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException("the planted data could not be written", e);
        }
    }
}
