package org.mailwright.smtp.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port of the loopback address that answers no one: nobody accepts, and the line of those that wait is full. */
final class BlackHole implements AutoCloseable {

    private static final int MILLIS = 300;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<SocketChannel> waiting = new ArrayList<>();

    BlackHole() throws IOException {
        boolean full = false;
        while (!full) {
            SocketChannel one = SocketChannel.open();
            waiting.add(one);
            try {
                one.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), MILLIS);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel one : waiting) {
            one.close();
        }
        listener.close();
    }
}
