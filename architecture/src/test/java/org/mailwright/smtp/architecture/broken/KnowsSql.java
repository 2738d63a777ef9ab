package org.mailwright.smtp.architecture.broken;

import com.google.inject.Injector;
import java.sql.Connection;

interface KnowsSql {
    Connection connection();

    Injector notEvenGuice();
}
