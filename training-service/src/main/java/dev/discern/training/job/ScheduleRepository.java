package dev.discern.training.job;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;

interface ScheduleRepository extends JpaRepository<ScheduleEntity, Long> {

    List<ScheduleEntity> findAllByOrderById();

    Optional<ScheduleEntity> findByName(String name);

    /** The schedule, locked until the transaction ends; empty when there is none, or another replica holds it. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2")) // skip locked
    @Query("select s from ScheduleEntity s where s.id = ?1")
    Optional<ScheduleEntity> claim(long id);
}
