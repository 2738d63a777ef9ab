package org.mailwright.smtp.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RulesTest {
    private static final String BROKEN = Rules.BASE + ".architecture.broken";

    private final JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
    private final JavaClasses nothing = new ClassFileImporter().importPackages(BROKEN + ".nothing");

    @TestFactory
    Stream<DynamicTest> seesWhatItForbids() {
        Map<ArchRule, String> culprits = Map.of(
                Rules.NO_PACKAGE_CYCLE,
                "ThereAndBack",
                Rules.MINA_STAYS_IN_MINA_PACKAGES,
                "KnowsMina",
                Rules.GUICE_STAYS_IN_MODULE_CLASSES,
                "KnowsGuice",
                Rules.SQL_STAYS_IN_QUEUE_SQL,
                "KnowsSql",
                Rules.NO_OBJECT_IS_DESERIALISED,
                "ReadsObjects",
                Rules.NO_METHOD_IS_SYNCHRONIZED,
                "HoldsState",
                Rules.NO_STATIC_STATE,
                "HoldsState",
                Rules.imports("architecture.broken", List.of()),
                "KnowsSql");
        assertTrue(culprits.keySet().containsAll(Rules.COMMON), "a rule without a culprit");
        return culprits.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey().getDescription(), () -> assertBroken(each.getKey(), each.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> holdsForNothing() {
        return Rules.all(nothing).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(nothing)));
    }

    @Test
    void seesAPackageThatIsNotNullMarked() {
        assertEquals(List.of(BROKEN + ".a", BROKEN + ".b"), Rules.notNullMarked(broken));
    }

    private void assertBroken(ArchRule rule, String culprit) {
        EvaluationResult result = rule.evaluate(broken);
        assertTrue(result.getFailureReport().toString().contains(culprit), result::toString);
    }
}
