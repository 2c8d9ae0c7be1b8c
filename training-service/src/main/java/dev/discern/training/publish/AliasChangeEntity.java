package dev.discern.training.publish;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

    /** For JPA. */
    protected AliasChangeEntity() {}

    AliasChangeEntity(String alias, String version, Instant changedAt) {
        this.alias = alias;
        this.version = version;
        this.changedAt = changedAt;
    }

    String version() {
        return version;
    }

    void rollBack() {
        rolledBack = true;
    }
}
