package pregao.contracts.session;

import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;

/**
 * {@link BrokerSessionEvent} to the bytes of the topic {@code session} and back.
 */
public final class BrokerSessionEventCodec {

    private BrokerSessionEventCodec() {
    }

    /**
     * Encodes an event.
     * @param event what happened
     * @return a {@link SessionMessage}
     */
    public static byte[] encode(BrokerSessionEvent event) {
        return SessionMessage.newBuilder()
            .setAccount((event.account() != null) ? event.account().toString() : "")
            .setUser(event.user().toString())
            .setBroker(event.broker())
            .setState(event.change().message())
            .setReason(event.reason())
            .setAt(event.at())
            .build()
            .toByteArray();
    }

    /**
     * Decodes an event.
     * @param bytes a {@link SessionMessage}
     * @return what happened
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static BrokerSessionEvent decode(byte[] bytes) {
        try {
            SessionMessage message = SessionMessage.parseFrom(bytes);
            String account = message.getAccount();
            return new BrokerSessionEvent(account.isEmpty() ? null : UUID.fromString(account),
                    UUID.fromString(message.getUser()), message.getBroker(),
                    BrokerSessionEventType.of(message.getState()), message.getReason(), message.getAt());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a session message: " + ex.getMessage(), ex);
        }
    }

}
