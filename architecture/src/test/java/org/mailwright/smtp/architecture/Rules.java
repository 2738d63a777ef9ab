package org.mailwright.smtp.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.mina.core.buffer.IoBuffer;
import org.jspecify.annotations.NullMarked;

/** What the compiler cannot say about who may know whom. A rule that has nothing to look at yet holds. */
final class Rules {
    static final String BASE = "org.mailwright.smtp";

    private static final List<String> EVERYWHERE =
            List.of("java..", "javax..", "org.slf4j..", "jakarta.inject..", "org.jspecify.annotations..");
    private static final String CORE = BASE + ".core..";
    private static final String TRANSPORT = BASE + ".transport..";
    private static final String SERVER = BASE + ".server..";
    private static final String CLIENT = BASE + ".client..";
    private static final String QUEUE = BASE + ".queue..";
    private static final String DNS = BASE + ".dns..";
    private static final String MINA = "org.apache.mina..";
    private static final String GUICE = "com.google.inject..";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";

    /** A module's package below {@link #BASE}, and what its classes may import besides its own and the JDK's. */
    static final Map<String, List<String>> MODULES = modules();

    private static final DescribedPredicate<JavaClass> PROGRAM = resideInAnyPackage(
            BASE + ".distribution..", BASE + ".examples..", BASE + ".benchmarks..", BASE + ".testkit..");
    private static final DescribedPredicate<JavaClass> A_MODULE_CLASS = describe(
            "is a *Module class", type -> outermost(type).getSimpleName().endsWith("Module"));

    static final ArchRule NO_PACKAGE_CYCLE =
            slices().matching(BASE + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);

    static final ArchRule MINA_STAYS_IN_MINA_PACKAGES = noClasses()
            .that()
            .resideOutsideOfPackage("..mina..")
            .should()
            .dependOnClassesThat(resideInAPackage(MINA))
            .because("the transport can be replaced")
            .allowEmptyShould(true);

    static final ArchRule GUICE_STAYS_IN_MODULE_CLASSES = noClasses()
            .that(not(A_MODULE_CLASS).and(not(PROGRAM)))
            .should()
            .dependOnClassesThat(resideInAPackage(GUICE))
            .because("everything can be built with plain constructors")
            .allowEmptyShould(true);

    static final ArchRule SQL_STAYS_IN_QUEUE_SQL = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".queue.sql..", BASE + ".examples..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
            .because("a queue is replaced as a whole")
            .allowEmptyShould(true);

    static final ArchRule NO_OBJECT_IS_DESERIALISED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.mina.filter.codec.serialization..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.io.ObjectInputStream.class)
            .orShould()
            .callMethodWhere(describe(
                    "IoBuffer.getObject or putObject",
                    call -> call.getTargetOwner().isAssignableTo(IoBuffer.class)
                            && List.of("getObject", "putObject").contains(call.getName())))
            .because("bytes of a peer must not choose classes")
            .allowEmptyShould(true);

    static final ArchRule NO_METHOD_IS_SYNCHRONIZED = noMethods()
            .should()
            .haveModifier(SYNCHRONIZED)
            .because("a monitor pins the carrier of a virtual thread; take a ReentrantLock")
            .allowEmptyShould(true);

    static final ArchRule NO_STATIC_STATE = noFields()
            .that()
            .areStatic()
            .should()
            .notBeFinal()
            .because("two servers in one JVM share nothing")
            .allowEmptyShould(true);

    static final List<ArchRule> COMMON = List.of(
            NO_PACKAGE_CYCLE,
            MINA_STAYS_IN_MINA_PACKAGES,
            GUICE_STAYS_IN_MODULE_CLASSES,
            SQL_STAYS_IN_QUEUE_SQL,
            NO_OBJECT_IS_DESERIALISED,
            NO_METHOD_IS_SYNCHRONIZED,
            NO_STATIC_STATE);

    private Rules() {}

    /** The rules for the classes given: the common ones, and for each module what it may import. */
    static List<ArchRule> all(JavaClasses types) {
        Map<String, List<String>> modules = new LinkedHashMap<>(MODULES);
        extensions(types).forEach(module -> modules.putIfAbsent(module, List.of(CORE, GUICE)));
        return Stream.concat(
                        COMMON.stream(),
                        modules.entrySet().stream().map(each -> imports(each.getKey(), each.getValue())))
                .toList();
    }

    /** The rule that the classes of one module import only what it may know. */
    static ArchRule imports(String module, List<String> known) {
        String own = BASE + "." + module + "..";
        String[] allowed =
                Stream.of(EVERYWHERE, List.of(own), known).flatMap(List::stream).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(describe("primitives", Rules::primitive)))
                .because("arrows between modules point only downwards")
                .allowEmptyShould(true);
    }

    private static boolean primitive(JavaClass type) {
        return type.getBaseComponentType().isPrimitive();
    }

    private static Set<String> extensions(JavaClasses types) {
        return types.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(BASE + ".ext."))
                .map(name -> "ext." + name.substring((BASE + ".ext.").length()).split("\\.", 2)[0])
                .collect(Collectors.toSet());
    }

    /** The packages that hold a class but are not null-marked. */
    static List<String> notNullMarked(JavaClasses types) {
        return types.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .sorted()
                .toList();
    }

    private static Map<String, List<String>> modules() {
        Map<String, List<String>> modules = new LinkedHashMap<>();
        modules.put("core", List.of());
        modules.put("transport", List.of(CORE, MINA));
        modules.put("server", List.of(CORE, TRANSPORT, GUICE));
        modules.put("client", List.of(CORE, TRANSPORT, GUICE, "jakarta.mail.."));
        modules.put("testkit", List.of(CORE, SERVER, TRANSPORT, "org.junit.jupiter.api..", "org.opentest4j.."));
        modules.put("ext.size", List.of(CORE, GUICE));
        modules.put("ext.auth", List.of(CORE, GUICE, BOUNCY_CASTLE));
        modules.put("ext.tls", List.of(CORE, GUICE, BOUNCY_CASTLE));
        modules.put("ext.verify", List.of(CORE, GUICE));
        modules.put("ext.dsn", List.of(CORE, GUICE));
        modules.put("ext.schedule", List.of(CORE, GUICE));
        modules.put("ext.limits", List.of(CORE, GUICE));
        modules.put("ext.policy", List.of(CORE, GUICE));
        modules.put("ext.content", List.of(CORE, GUICE, "org.apache.james.mime4j.."));
        modules.put("ext.proxy", List.of(CORE, GUICE));
        modules.put("queue", List.of(CORE));
        modules.put("queue.sql", List.of(CORE, QUEUE));
        modules.put("dns", List.of(CORE, "org.xbill.DNS.."));
        modules.put("relay", List.of(CORE, CLIENT, QUEUE, DNS, GUICE));
        modules.put("mailbox", List.of(CORE, CLIENT, QUEUE, GUICE));
        modules.put("gateway", List.of(CORE, CLIENT, QUEUE, "com.sun.net.httpserver.."));
        return modules;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Rules::outermost).orElse(type);
    }
}
