package dev.discern.common.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;

/** The dependency rules that CONTRIBUTING.md lists, for each module's own test to check. */
public final class ArchitectureRules {

    private static final String VECTOR_API = "jdk.incubator.vector..";
    private static final String VECTOR_PACKAGE = "dev.discern.common.vector..";

    private ArchitectureRules() {}

    /** The production classes beneath a package. */
    public static JavaClasses productionClasses(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage);
    }

    /**
     * Data flows one way: a package uses none of those that stand after it, and every class has its place in the list.
     *
     * @param rootPackage such as {@code dev.discern.training}; its own classes (the application) may use everything
     * @param packages names beneath it, first those that know least
     */
    public static ArchRule dataFlowsOneWay(String rootPackage, List<String> packages) {
        List<String> subtrees =
                packages.stream().map(name -> rootPackage + "." + name + "..").toList();
        CompositeArchRule rule = CompositeArchRule.of(classes()
                .that()
                .resideInAPackage(rootPackage + "..")
                .should()
                .resideInAnyPackage(subtrees.toArray(String[]::new))
                .orShould()
                .resideInAPackage(rootPackage)
                .because("a new package takes a place in the list"));
        for (int place = 0; place + 1 < subtrees.size(); place++) {
            rule = rule.and(noClasses()
                    .that()
                    .resideInAPackage(subtrees.get(place))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            subtrees.subList(place + 1, subtrees.size()).toArray(String[]::new))
                    .because("data flows one way: " + String.join(", ", packages)));
        }
        return rule;
    }

    /** The Vector API stays where the scalar references and their tests are. */
    public static ArchRule vectorApiStaysInItsPackage() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(VECTOR_PACKAGE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTOR_API)
                .because("kernels live in " + VECTOR_PACKAGE + " beside their scalar references");
    }
}
