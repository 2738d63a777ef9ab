package org.mailwright.smtp.distribution.assembly;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailwright.smtp.core.address.Domain;
import org.mailwright.smtp.distribution.config.RouteConfig;

/** The routes of a configuration, by domain: the longest that fits counts. */
final class Routes {

    private final Map<String, RouteConfig> byDomain = new HashMap<>();

    Routes(List<RouteConfig> routes) {
        routes.forEach(route -> byDomain.put(key(route), route));
    }

    /** The domain of a route, in A-labels, with the dot if it has one. */
    static String key(RouteConfig route) {
        String domain = route.domain();
        return domain.startsWith(".")
                ? "." + Domain.parse(domain.substring(1)).canonical()
                : Domain.parse(domain).canonical();
    }

    /** Finds the route of a domain in A-labels, or the route that a lane is called by. */
    Optional<RouteConfig> find(String domain) {
        RouteConfig found = byDomain.get(domain);
        int dot = domain.indexOf('.');
        while (found == null && dot >= 0 && !domain.startsWith("[")) {
            found = byDomain.get(domain.substring(dot));
            dot = domain.indexOf('.', dot + 1);
        }
        return Optional.ofNullable(found);
    }
}
