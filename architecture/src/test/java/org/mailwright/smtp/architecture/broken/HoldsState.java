package org.mailwright.smtp.architecture.broken;

final class HoldsState {
    static int count;

    synchronized void more() {
        count = count + 1;
    }
}
