package dev.discern.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.discern.cli");

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("dev.discern.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingButTheStackKnowsTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.discern.cli.stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "io.zonky..")
                .check(CLASSES);
    }

    @Test
    void servicesAreKnownByTheirRestApiAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.discern.scoring..",
                        "dev.discern.training..",
                        "dev.discern.serving..",
                        "org.springframework..")
                .check(CLASSES);
    }
}
