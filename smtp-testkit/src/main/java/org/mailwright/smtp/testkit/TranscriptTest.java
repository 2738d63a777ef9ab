package org.mailwright.smtp.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test method that is called once for each transcript and each {@link Way} to play it. The method takes a
 * {@link TranscriptRun} and plays it:
 *
 * <pre>{@code
 * @TranscriptTest("size.smtp")
 * void size(TranscriptRun run) throws IOException {
 *     run.play(TestService.mx(new SizeExtension(new SizeConfig(10))));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@Documented
@TestTemplate
@ExtendWith(TranscriptInvocations.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TranscriptTest {

    /**
     * Returns files on the class path of the test class: "size.smtp" in its package, "/a/size.smtp" from the root; a
     * name that ends in "/" is a folder, of which every file "*.smtp" is taken.
     */
    String[] value();
}
