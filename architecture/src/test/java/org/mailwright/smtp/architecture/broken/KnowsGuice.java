package org.mailwright.smtp.architecture.broken;

import com.google.inject.Injector;

interface KnowsGuice {
    Injector injector();
}
