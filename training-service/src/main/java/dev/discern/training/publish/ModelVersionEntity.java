package dev.discern.training.publish;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "model_version")
class ModelVersionEntity {

    @Id
    private String version = "";

    private String backbone = "";
    private String regularizer = "";
    private long seed;

    @Column(name = "data_hash")
    private String dataHash = "";

    @Column(name = "scoring_run")
    private @Nullable Long scoringRun;

    @Column(name = "judgments_hash")
    private @Nullable String judgmentsHash;

    @JdbcTypeCode(SqlTypes.JSON)
    private String parameters = "{}";

    @JdbcTypeCode(SqlTypes.JSON)
    private String summary = "{}";

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "code_version")
    private String codeVersion = "";

    private String host = "";

    @Column(name = "warm_start")
    private @Nullable String warmStart;

    @Column(name = "embedded_from")
    private @Nullable String embeddedFrom;

    @Column(name = "retired_at")
    private @Nullable Instant retiredAt;

    /** For JPA. */
    protected ModelVersionEntity() {}

    ModelVersionEntity(ModelVersion model) {
        version = model.version();
        backbone = model.backbone();
        regularizer = model.regularizer();
        seed = model.seed();
        dataHash = model.dataHash();
        scoringRun = model.scoringRun();
        judgmentsHash = model.judgmentsHash();
        parameters = model.parameters();
        summary = model.summary();
        createdAt = model.createdAt();
        codeVersion = model.codeVersion();
        host = model.host();
        warmStart = model.warmStart();
        embeddedFrom = model.embeddedFrom();
    }

    boolean isRetired() {
        return retiredAt != null;
    }

    void retire(Instant at) {
        retiredAt = at;
    }

    ModelVersion toRecord() {
        return new ModelVersion(
                version,
                backbone,
                regularizer,
                seed,
                dataHash,
                scoringRun,
                judgmentsHash,
                parameters,
                summary,
                createdAt,
                codeVersion,
                host,
                warmStart,
                embeddedFrom,
                retiredAt);
    }
}
