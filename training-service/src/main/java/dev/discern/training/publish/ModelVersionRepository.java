package dev.discern.training.publish;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface ModelVersionRepository extends JpaRepository<ModelVersionEntity, String> {

    List<ModelVersionEntity> findAllByOrderByCreatedAtDescVersionDesc();
}
