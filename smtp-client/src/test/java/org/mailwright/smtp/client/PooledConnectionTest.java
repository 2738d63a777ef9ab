package org.mailwright.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class PooledConnectionTest {

    @Test
    void looksUpALabels() throws UnknownHostException {
        assertEquals("xn--bcher-kva.test", PooledConnection.lookedUp("B\u00fccher.test"));
        assertEquals("my_host.test", PooledConnection.lookedUp("my_host.test"));
        assertEquals("::1", PooledConnection.lookedUp("::1"));
    }

    @Test
    void doesNotKnowAHostWhoseNameIsNone() {
        assertThrows(UnknownHostException.class, () -> PooledConnection.lookedUp("b\u00fccher..test"));
    }
}
