package org.mailwright.smtp.queue;

import java.util.function.Function;

/**
 * One way for mail to leave the queue, shared by the lanes that bear its name.
 *
 * @param name what {@link LaneName#pool} says
 * @param deliverer hands the mail on
 * @param policies returns how fast the lane to a destination may be delivered
 * @since 0.1.0
 */
public record Pool(String name, Deliverer deliverer, Function<String, LanePolicy> policies) {

    /** Returns a pool whose lanes all have the same policy. */
    public static Pool of(String name, Deliverer deliverer, LanePolicy policy) {
        return new Pool(name, deliverer, destination -> policy);
    }
}
