package org.mailwright.smtp.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mailwright.smtp.core.client.ClientFixture.PIPELINING;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailwright.smtp.core.client.ClientFixture.Job;

/** Whatever a server says: nothing is thrown, the connection ends, and each mail that was taken has one result. */
class ClientNoiseTest {

    private static final String[] WORDS = {
        "220 mx\r\n",
        "250 ok\r\n",
        "250-a\r\n",
        "250 PIPELINING\r\n",
        "250-mx\r\n250 PIPELINING\r\n",
        "354 go\r\n",
        "421 bye\r\n",
        "451 later\r\n",
        "550 no\r\n",
        "503 no\r\n",
        "334 x\r\n",
        "221 bye\r\n",
        "250",
        "\r\n",
        "\n",
        "2",
        "250 ok\r\n250 ok\r\n354 go\r\n",
        "\0",
        "999 x\r\n",
        "-",
        "250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n"
    };

    @Test
    void survivesAnyServer() {
        Random random = new Random(821);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            ClientFixture client = new ClientFixture(PIPELINING);
            client.transport.begin(client.session);
            if (random.nextInt(3) > 0) {
                client.reply("220 mx");
                client.reply("250-mx\r\n250 PIPELINING");
            }
            for (int i = 0; i < 12; i++) {
                act(client, random);
            }
            client.transport.advance(Duration.ofMinutes(11));
            client.transport.disconnect("end");
            assertFalse(client.transport.isOpen());
            assertTrue(client.news.getLast().startsWith("closed"));
            for (Job job : client.jobs) {
                assertEquals(client.queue.contains(job) ? 0 : 1, job.results.size());
                accepted += job.results.isEmpty() || !job.outcome().isAccepted() ? 0 : 1;
            }
        }
        assertTrue(accepted > 100, accepted + " accepted");
    }

    private static void act(ClientFixture client, Random random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> client.send("x");
            case 2 -> client.transport.advance(Duration.ofSeconds(random.nextInt(200)));
            default -> client.transport.feed(WORDS[random.nextInt(WORDS.length)]);
        }
    }
}
