package org.mailwright.smtp.queue.sql;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Connects by a driver that is named. {@link java.sql.DriverManager} would load every driver of the class path, also
 * that of a database which nobody uses.
 */
enum Drivers {
    SQLITE("org.sqlite.JDBC"),
    POSTGRESQL("org.postgresql.Driver");

    private final String type;

    Drivers(String type) {
        this.type = type;
    }

    Connection connect(String url, Properties properties) throws SQLException {
        Connection connection = driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not an address for " + type);
        }
        return connection;
    }

    private Driver driver() throws SQLException {
        try {
            return Class.forName(type)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new SQLException(type + " is not on the class path", e);
        }
    }
}
