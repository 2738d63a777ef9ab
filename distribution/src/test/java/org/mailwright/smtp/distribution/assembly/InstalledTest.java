package org.mailwright.smtp.distribution.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.extension.Extension;
import org.mailwright.smtp.ext.dsn.DsnConfig;
import org.mailwright.smtp.ext.dsn.DsnExtension;
import org.mailwright.smtp.ext.size.SizeExtension;

class InstalledTest {

    /** The way out must not have others of its own, with which the configuration would be forgotten. */
    @Test
    void findsThoseThatNeedNothingAmongTheConfigured() throws Exception {
        Installed installed = Installed.find(Optional.empty());
        Extension dsn = new DsnExtension(new DsnConfig(true));
        List<Extension> configured = new ArrayList<>(installed.plain());
        configured.replaceAll(extension -> extension.id().equals("DSN") ? dsn : extension);
        configured.add(new SizeExtension());
        List<Extension> found = installed.standalone(configured);
        assertEquals(installed.plain().size(), found.size());
        assertTrue(found.contains(dsn));
    }
}
