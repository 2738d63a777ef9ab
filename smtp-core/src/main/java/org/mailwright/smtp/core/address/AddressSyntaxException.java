package org.mailwright.smtp.core.address;

/**
 * Says that a text given to a factory of this package is not an address of that kind.
 *
 * <p>Meant for addresses from a program or its configuration; for what a peer sent, {@code scan} answers with a value
 * instead.
 *
 * @since 0.1.0
 */
public final class AddressSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final AddressFault fault;

    /**
     * Makes the exception of a fault.
     *
     * @param fault what is wrong; becomes the message
     */
    public AddressSyntaxException(AddressFault fault) {
        super(fault.message());
        this.fault = fault;
    }

    /**
     * What is wrong, where, and what was expected.
     *
     * @return the fault that the message describes
     */
    public AddressFault fault() {
        return fault;
    }
}
