package dev.discern.training.publish;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "alias_change")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields
class AliasChangeEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String alias = "";
    private String version = "";

    @Column(name = "changed_at")
    private Instant changedAt = Instant.EPOCH;

    @Column(name = "rolled_back")
    private boolean rolledBack;

    @Column(name = "changed_by")
    private String changedBy = "";

    private boolean forced;
    private @Nullable String reason;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String refused;

    /** For JPA. */
    protected AliasChangeEntity() {}

    AliasChangeEntity(AliasChange change) {
        alias = change.alias();
        version = change.version();
        changedAt = change.changedAt();
        changedBy = change.changedBy();
        forced = change.forced();
        reason = change.reason();
        refused = change.refused();
    }

    String version() {
        return version;
    }

    void rollBack() {
        rolledBack = true;
    }

    AliasChange toRecord() {
        return new AliasChange(alias, version, changedAt, rolledBack, changedBy, forced, reason, refused);
    }
}
