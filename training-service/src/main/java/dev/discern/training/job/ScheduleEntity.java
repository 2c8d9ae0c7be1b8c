package dev.discern.training.job;

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
import tools.jackson.databind.json.JsonMapper;

@Entity
@Table(name = "training_schedule")
class ScheduleEntity {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name = "";

    @JdbcTypeCode(SqlTypes.JSON)
    private String training = "{}";

    private @Nullable String cron;

    @Column(name = "new_events")
    private @Nullable Long newEvents;

    private @Nullable Double drift;
    private boolean promote;
    private boolean enabled = true;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "events_seen")
    private long eventsSeen;

    @Column(name = "fired_at")
    private @Nullable Instant firedAt;

    @Column(name = "fired_because")
    private @Nullable String firedBecause;

    private @Nullable Long job;
    private @Nullable String outcome;

    /** For JPA. */
    protected ScheduleEntity() {}

    ScheduleEntity(Instant createdAt, long eventsSeen) {
        this.createdAt = createdAt;
        this.eventsSeen = eventsSeen;
    }

    /** Takes over a request that was checked. */
    void set(ScheduleRequest request, TrainingRequest complete) {
        name = Objects.requireNonNull(request.name());
        training = JSON.writeValueAsString(complete);
        cron = request.cron();
        newEvents = request.newEvents();
        drift = request.drift();
        promote = Boolean.TRUE.equals(request.promote());
        enabled = !Boolean.FALSE.equals(request.enabled());
    }

    void fire(Instant at, String because, long seen) {
        firedAt = at;
        firedBecause = because;
        eventsSeen = seen;
        job = null;
        outcome = null;
    }

    void started(long execution) {
        job = execution;
    }

    void settle(String sentence) {
        outcome = sentence;
    }

    Schedule toRecord() {
        return new Schedule(
                Objects.requireNonNull(id),
                name,
                JSON.readValue(training, TrainingRequest.class),
                cron,
                newEvents,
                drift,
                promote,
                enabled,
                createdAt,
                cron == null ? null : Schedule.next(cron, firedAt == null ? createdAt : firedAt),
                eventsSeen,
                firedAt,
                firedBecause,
                job,
                outcome);
    }
}
