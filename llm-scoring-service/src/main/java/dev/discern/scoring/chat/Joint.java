package dev.discern.scoring.chat;

import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.judge.Agreement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The joint judgment of a prompt that is asked in several orders. */
final class Joint {

    private Joint() {}

    /** Has or gets an order's judgment. */
    @FunctionalInterface
    interface Source {

        /** The judgment of a question; null when there is none yet. */
        @Nullable
        Judgment of(ChatTask.Question question) throws InterruptedException;
    }

    /** The judgment of all orders: the first failure, else their agreement; null at the first order without a judgment. */
    static @Nullable Judgment of(List<ChatTask.Question> questions, Source source) throws InterruptedException {
        List<List<Float>> answers = new ArrayList<>();
        for (ChatTask.Question question : questions) {
            switch (source.of(question)) {
                case null -> {
                    return null;
                }
                case Judgment.Failed failed -> {
                    return failed;
                }
                case Judgment.Scored scored -> answers.add(question.order().asDrawn(scored.scores()));
            }
        }
        return Agreement.of(answers);
    }
}
