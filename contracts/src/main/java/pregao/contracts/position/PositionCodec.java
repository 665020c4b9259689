package pregao.contracts.position;

import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.Amounts;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * {@link PositionEvent} to the bytes of the topic {@code position} and back.
 */
public final class PositionCodec {

    private PositionCodec() {
    }

    /**
     * Encodes an event.
     * @param event what happened
     * @return a {@link PositionMessage}
     */
    public static byte[] encode(PositionEvent event) {
        return PositionMessage.newBuilder()
            .setUser(event.user().toString())
            .setAccount(event.account().toString())
            .setMoney(event.money())
            .setBot(LedgerText.of(event.bot()))
            .setFeed(event.instrument().feed())
            .setSymbol(event.instrument().symbol())
            .setSide(event.side())
            .setOpenedAt(event.openedAt())
            .setAmount(event.amount().toPlainString())
            .setEntry(Amounts.text(event.entry()))
            .setStop(Amounts.text(event.stop()))
            .setTake(Amounts.text(event.take()))
            .setAt(event.at())
            .setEvent(event.event())
            .build()
            .toByteArray();
    }

    /**
     * Decodes an event.
     * @param bytes a {@link PositionMessage}
     * @return what happened
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static PositionEvent decode(byte[] bytes) {
        try {
            PositionMessage message = PositionMessage.parseFrom(bytes);
            return new PositionEvent(UUID.fromString(message.getUser()), UUID.fromString(message.getAccount()),
                    message.getMoney(), message.getBot().isEmpty() ? null : UUID.fromString(message.getBot()),
                    new Instrument(message.getFeed(), message.getSymbol()), message.getSide(), message.getOpenedAt(),
                    Amounts.parse(message.getAmount()), Amounts.parseOrNull(message.getEntry()),
                    Amounts.parseOrNull(message.getStop()), Amounts.parseOrNull(message.getTake()), message.getAt(),
                    message.getEvent());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a message of topic position: " + ex.getMessage(), ex);
        }
    }

}
