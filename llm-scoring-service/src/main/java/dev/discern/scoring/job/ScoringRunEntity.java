package dev.discern.scoring.job;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "scoring_run")
class ScoringRunEntity {

    private static final String RUNNING = "RUNNING";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "job_instance")
    private long jobInstance;

    private String judge = "";

    @JdbcTypeCode(SqlTypes.JSON)
    private String parameters = "{}";

    @Column(name = "data_version")
    private String dataVersion = "";

    private String status = RUNNING;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "completed_at")
    private @Nullable Instant completedAt;

    /** For JPA. */
    protected ScoringRunEntity() {}

    ScoringRunEntity(long jobInstance, String judge, String parameters, String dataVersion, Instant createdAt) {
        this.jobInstance = jobInstance;
        this.judge = judge;
        this.parameters = parameters;
        this.dataVersion = dataVersion;
        this.createdAt = createdAt;
    }

    void complete(String ending, Instant at) {
        status = ending;
        completedAt = at;
    }

    ScoringRun toRecord() {
        return new ScoringRun(
                Objects.requireNonNull(id), judge, parameters, dataVersion, status, createdAt, completedAt);
    }
}
