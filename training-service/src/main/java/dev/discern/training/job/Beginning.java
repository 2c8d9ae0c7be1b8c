package dev.discern.training.job;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.training.trainer.WarmStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The version that a training begins with.
 *
 * @param texts how it sees texts, which its parameters mean nothing without; null where it sees none
 * @param usersAhead users of whose held-out items it was trained on one
 */
record Beginning(String version, WarmStart parameters, Learned.@Nullable Texts texts, int usersAhead) {

    /**
     * Users of whose held-out items a version was trained on one. There are none as long as histories grow at their end; where an
     * interaction was deleted, what is held out moves back.
     */
    static int usersAhead(Artifact artifact, Snapshot snapshot) {
        InteractionMatrix trained =
                TemporalSplit.leaveLastTwoOut(artifact.seen()).train().sorted();
        TemporalSplit split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
        int ahead = 0;
        for (int user = 0; user < snapshot.users().size(); user++) {
            int then = artifact.userIds().idx(snapshot.users().id(user));
            if (then >= 0
                    && (has(trained, then, split.validation()[user], artifact, snapshot)
                            || has(trained, then, split.test()[user], artifact, snapshot))) {
                ahead++;
            }
        }
        return ahead;
    }

    private static boolean has(InteractionMatrix trained, int user, int item, Artifact artifact, Snapshot snapshot) {
        if (item == TemporalSplit.NONE) {
            return false;
        }
        int then = artifact.itemIds().idx(snapshot.items().id(item));
        return then >= 0 && trained.contains(user, then);
    }

    /** What the reader of the model's figures should know. */
    List<String> warnings() {
        return usersAhead == 0
                ? List.of()
                : List.of(("%s, with which training began, has learned items of %d users that are held out now;"
                                + " for them the figures of this model are too good")
                        .formatted(version, usersAhead));
    }
}
