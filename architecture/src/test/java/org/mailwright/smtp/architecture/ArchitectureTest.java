package org.mailwright.smtp.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> GENERATED =
            JavaClass.Predicates.resideInAPackage("..jmh_generated..");

    private final JavaClasses product = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages(Rules.BASE)
            .that(DescribedPredicate.not(GENERATED));

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return Rules.all(product).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(product)));
    }

    @Test
    void looksAtEveryModule() {
        for (String module : Rules.MODULES.keySet()) {
            assertTrue(product.containPackage(Rules.BASE + "." + module), module);
        }
    }

    @Test
    void everyPackageIsNullMarked() {
        assertEquals(List.of(), Rules.notNullMarked(product));
    }
}
