package dev.railiance;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

/** The walls between the packages. */
class ArchitectureTest {

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.railiance");

    @Test
    void everyWallStands() {
        var broken = new ArrayList<String>();
        walls().forEach(wall -> {
            var result = wall.allowEmptyShould(true).evaluate(ENGINE);
            if (result.hasViolation()) {
                broken.add(result.getFailureReport().toString());
            }
        });
        assertEquals(List.of(), broken);
    }

    private static Stream<ArchRule> walls() {
        return Stream.of(
                classes()
                        .that()
                        .resideInAPackage("dev.railiance.promotion")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("dev.railiance.promotion", "java..", "org.jspecify..")
                        .because("the domain is made of the JDK alone"),
                noClasses()
                        .that()
                        .resideInAPackage("dev.railiance.promotion")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.io", "java.nio.file..", "java.net..", "java.sql..")
                        .because("the domain reads and writes nothing"),
                only("Axon", List.of("org.axonframework.."), "dev.railiance.axon.."),
                only("Spring", List.of("org.springframework..", "reactor.."), "dev.railiance.statemachine.."),
                only("Micrometer", List.of("io.micrometer.."), "dev.railiance.metric.micrometer"),
                only("Commons Statistics", List.of("org.apache.commons.statistics.."), "dev.railiance.gate"),
                noClasses()
                        .that()
                        .resideInAPackage("dev.railiance.gate")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.io", "java.nio.file..", "java.net..", "java.sql..")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(java.time.Clock.class)
                        .because("a verdict is made again from what is recorded alone"),
                only("zt-exec", List.of("org.zeroturnaround.."), "dev.railiance.process.."),
                only("CloudEvents", List.of("io.cloudevents.."), "dev.railiance.notification"),
                only("tomlj", List.of("org.tomlj.."), "dev.railiance.contract.."),
                only(
                        "the schema validator",
                        List.of("com.networknt.."),
                        "dev.railiance.contract..",
                        "dev.railiance.document.."),
                only(
                        "SQL",
                        List.of("java.sql..", "javax.sql..", "org.h2..", "org.postgresql.."),
                        "dev.railiance.ledger.."),
                classes()
                        .that()
                        .resideInAPackage("dev.railiance.http")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.railiance.http",
                                "dev.railiance.process",
                                "java..",
                                "javax.net..",
                                "org.jspecify..")
                        .because("who asks a server does not know why"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.net.http..")
                        .because("it repeats requests unseen"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.logging..")
                        .because("the engine logs through slf4j"),
                noClasses().should().callMethod(System.class, "exit", int.class),
                noClasses().should().callMethod(Runtime.class, "exit", int.class),
                noClasses().should().callMethod(Runtime.class, "halt", int.class),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.railiance.process..")
                        .should()
                        .callConstructorWhere(target(owner(equivalentTo(ProcessBuilder.class))))
                        .orShould()
                        .callMethodWhere(
                                target(owner(equivalentTo(Runtime.class))).and(target(name("exec"))))
                        .because("processes are started in one place"),
                slices().matching("dev.railiance.(*)..").should().beFreeOfCycles());
    }

    private static ArchRule only(String library, List<String> packages, String... importers) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(importers)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages.toArray(String[]::new))
                .because(library + " stays behind its wall");
    }
}
