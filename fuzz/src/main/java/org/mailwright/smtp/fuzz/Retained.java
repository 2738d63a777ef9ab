package org.mailwright.smtp.fuzz;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailwright.smtp.core.session.SmtpService;
import org.mailwright.smtp.core.transport.Transport;

/**
 * Counts what a conversation keeps: the octets and characters that can be reached from it, and so much for each object.
 */
final class Retained {

    private static final int OBJECT = 32;

    private Retained() {}

    /** Returns about how many octets an object keeps, not counting what it shares with others. */
    static long octets(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        push(root, seen, open);
        long octets = 0;
        while (!open.isEmpty()) {
            octets += OBJECT + visit(open.pop(), seen, open);
        }
        return octets;
    }

    private static long visit(Object object, Set<Object> seen, Deque<Object> open) {
        Class<?> type = object.getClass();
        if (object instanceof String text) {
            return 2L * text.length();
        }
        if (type.isArray()) {
            int length = Array.getLength(object);
            if (type.getComponentType().isPrimitive()) {
                return 2L * length;
            }
            for (int i = 0; i < length; i++) {
                push(Array.get(object, i), seen, open);
            }
            return 8L * length;
        }
        switch (object) {
            case Collection<?> many -> many.forEach(one -> push(one, seen, open));
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    push(key, seen, open);
                    push(value, seen, open);
                });
            case Optional<?> one -> one.ifPresent(value -> push(value, seen, open));
            default -> fields(object, type, seen, open);
        }
        return 0;
    }

    private static void fields(Object object, Class<?> leaf, Set<Object> seen, Deque<Object> open) {
        for (Class<?> type = leaf; type != null && type.getName().startsWith("org.mailwright."); ) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    try {
                        push(field.get(object), seen, open);
                    } catch (IllegalAccessException closed) {
                        throw new AssertionError("cannot look into " + field, closed);
                    }
                }
            }
            type = type.getSuperclass();
        }
    }

    private static void push(@org.jspecify.annotations.Nullable Object object, Set<Object> seen, Deque<Object> open) {
        boolean shared = object == null
                || object instanceof SmtpService
                || object instanceof Transport
                || object instanceof FuzzSink
                || object instanceof Enum<?>
                || object instanceof Class<?>;
        if (!shared && object != null && seen.add(object)) {
            open.push(object);
        }
    }
}
