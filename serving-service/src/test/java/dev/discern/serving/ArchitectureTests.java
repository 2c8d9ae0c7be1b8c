package dev.discern.serving;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.discern.common.testing.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String ROOT = "dev.discern.serving";

    private final JavaClasses production = ArchitectureRules.productionClasses(ROOT);

    @Test
    void dataFlowsOneWay() {
        ArchitectureRules.dataFlowsOneWay(
                        ROOT, List.of("live", "index", "foldin", "model", "recommend", "event", "traffic", "web"))
                .check(production);
    }

    @Test
    void theVectorApiStaysInItsPackage() {
        ArchitectureRules.vectorApiStaysInItsPackage().check(production);
    }
}
