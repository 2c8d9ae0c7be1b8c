package dev.discern.training.publish;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface AliasChangeRepository extends JpaRepository<AliasChangeEntity, Long> {

    List<AliasChangeEntity> findTop2ByAliasAndRolledBackFalseOrderByIdDesc(String alias);

    List<AliasChangeEntity> findAllByAliasOrderByIdDesc(String alias);
}
