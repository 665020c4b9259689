package pregao.contracts.signal;

import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.Instrument;

/**
 * {@link SignalEvent} to the bytes of the topic {@code signal} and back.
 */
public final class SignalCodec {

    private SignalCodec() {
    }

    /**
     * Encodes an event.
     * @param event what happened
     * @return a {@link SignalMessage}
     */
    public static byte[] encode(SignalEvent event) {
        return SignalMessage.newBuilder()
            .setId(event.id().toString())
            .setUser(event.user().toString())
            .setOrigin(event.origin())
            .setSource(event.source().toString())
            .setFeed(event.instrument().feed())
            .setSymbol(event.instrument().symbol())
            .setSide(event.side())
            .setAt(event.at())
            .setEntry(event.entry())
            .setReason(event.reason())
            .addAllInputs(event.inputs().stream().map(SignalCodec::message).toList())
            .setEvent(event.event())
            .build()
            .toByteArray();
    }

    /**
     * Decodes an event.
     * @param bytes a {@link SignalMessage}
     * @return what happened
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static SignalEvent decode(byte[] bytes) {
        try {
            SignalMessage message = SignalMessage.parseFrom(bytes);
            return new SignalEvent(UUID.fromString(message.getId()), UUID.fromString(message.getUser()),
                    message.getOrigin(), UUID.fromString(message.getSource()),
                    new Instrument(message.getFeed(), message.getSymbol()), message.getSide(), message.getAt(),
                    message.getEntry(), message.getReason(),
                    message.getInputsList()
                        .stream()
                        .map((input) -> new SignalEvent.Input(input.getName(), input.getValue()))
                        .toList(),
                    message.getEvent());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a message of topic signal: " + ex.getMessage(), ex);
        }
    }

    private static SignalInputMessage message(SignalEvent.Input input) {
        return SignalInputMessage.newBuilder().setName(input.name()).setValue(input.value()).build();
    }

}
