package dev.discern.scoring.llm;

import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replays recorded answers. */
public final class RecordedJudge implements Judge {

    private final String file;
    private final Map<Long, Judgment> byUser = new HashMap<>();

    /** A judge that answers as the prompts of {@code file} were answered. */
    public RecordedJudge(String file, List<RecordedPrompts.Recorded> recorded) {
        this.file = file;
        recorded.forEach(prompt -> byUser.put(prompt.prompt().userId(), prompt.answer()));
    }

    @Override
    public String identity() {
        return "recorded/" + file;
    }

    @Override
    public Judgment judge(CandidateSet prompt) {
        Judgment answer = byUser.get(prompt.userId());
        return answer == null
                ? new Judgment.Failed(FailureReason.MALFORMED_ANSWER, "the file has no answer for this user")
                : answer;
    }
}
