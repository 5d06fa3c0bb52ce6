package dev.railiance;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls of the module that knows Kubernetes; those of the engine are in its own test. */
class KubernetesArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.contains("/engine-k8s/"))
            .importPackages("dev.railiance");

    @Test
    void everyWallStands() {
        assertEquals(true, MODULE.contain("dev.railiance.helm.Helm"));
        var broken = new ArrayList<String>();
        walls().forEach(wall -> {
            var result = wall.allowEmptyShould(true).evaluate(MODULE);
            if (result.hasViolation()) {
                broken.add(result.getFailureReport().toString());
            }
        });
        assertEquals(List.of(), broken);
    }

    private static Stream<ArchRule> walls() {
        return Stream.of(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.zeroturnaround..",
                                "org.axonframework..",
                                "org.springframework..",
                                "org.tomlj..",
                                "java.sql..",
                                "java.net.http..",
                                "java.util.logging..")
                        .because("this module sees the engine, the JDK and Jackson"),
                noClasses()
                        .that()
                        .resideInAPackage("dev.railiance.tool..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("dev.railiance.helm..", "dev.railiance.kubectl..")
                        .because("what all tools have in common knows none of them"),
                noClasses()
                        .that()
                        .resideInAPackage("dev.railiance.helm..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.railiance.kubectl..")
                        .because("the two tools are strangers to each other"),
                noClasses()
                        .should()
                        .callConstructorWhere(target(owner(equivalentTo(ProcessBuilder.class))))
                        .orShould()
                        .callMethodWhere(
                                target(owner(equivalentTo(Runtime.class))).and(target(name("exec"))))
                        .because("processes are started in one place"),
                noClasses().should().callMethod(System.class, "exit", int.class),
                slices().matching("dev.railiance.(*)..").should().beFreeOfCycles());
    }
}
