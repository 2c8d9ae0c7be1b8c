package dev.discern.scoring.llm;

import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.Judgment;

/** Whoever says how much a user would want each candidate. The same question gets the same answer. */
public interface Judge {

    /** What the answer depends on beside the prompt: the model and its version. Part of the identity of an answer. */
    String identity();

    /** The answer to one prompt; a failure is a {@link Judgment.Failed}, never an exception or a made-up score. */
    Judgment judge(CandidateSet prompt);
}
