package dev.discern.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.discern.common.testing.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String ROOT = "dev.discern.common";

    private final JavaClasses production = ArchitectureRules.productionClasses(ROOT);

    @Test
    void commonKnowsNoSpringNoJpaAndNoHttp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "jakarta.persistence..", "jakarta.servlet..", "java.net.http..")
                .check(production);
    }

    @Test
    void theVectorApiStaysInItsPackage() {
        ArchitectureRules.vectorApiStaysInItsPackage().check(production);
        classes()
                .that()
                .haveSimpleName("PanamaKernels")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(production);
    }

    @Test
    void dataFlowsOneWay() {
        ArchitectureRules.dataFlowsOneWay(
                        ROOT, List.of("random", "vector", "statistics", "data", "judgment", "artifact", "db"))
                .check(production);
    }

    @Test
    void flowAgainstTheOrderIsFound() {
        assertThatThrownBy(() -> ArchitectureRules.dataFlowsOneWay(
                                ROOT, List.of("db", "random", "vector", "statistics", "data", "judgment", "artifact"))
                        .check(production))
                .hasMessageContaining("dev.discern.common.db");
    }

    @Test
    void aPackageWithoutAPlaceIsFound() {
        assertThatThrownBy(() -> ArchitectureRules.dataFlowsOneWay(
                                ROOT, List.of("random", "vector", "statistics", "data", "judgment", "db"))
                        .check(production))
                .hasMessageContaining("dev.discern.common.artifact");
    }
}
