package dev.discern.scoring.job;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface ScoringRunRepository extends JpaRepository<ScoringRunEntity, Long> {

    Optional<ScoringRunEntity> findByJobInstance(long jobInstance);

    List<ScoringRunEntity> findAllByOrderByIdDesc();
}
