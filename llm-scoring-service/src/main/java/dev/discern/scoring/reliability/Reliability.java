package dev.discern.scoring.reliability;

import dev.discern.common.db.AuditJudgmentStore;
import org.springframework.stereotype.Component;

/** Reports of how far judges can be trusted. */
@Component
public class Reliability {

    private final AuditJudgmentStore audits;

    Reliability(AuditJudgmentStore audits) {
        this.audits = audits;
    }

    /** The report of one run. */
    public ReliabilityReport report(long runId, String judge) {
        return ReliabilityReport.of(runId, judge, audits.all(runId));
    }
}
