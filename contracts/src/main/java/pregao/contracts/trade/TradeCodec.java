package pregao.contracts.trade;

import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.Amounts;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * {@link TradeEvent} to the bytes of the topic {@code trade} and back.
 */
public final class TradeCodec {

    private TradeCodec() {
    }

    /**
     * Encodes an event.
     * @param event what happened
     * @return a {@link TradeMessage}
     */
    public static byte[] encode(TradeEvent event) {
        return TradeMessage.newBuilder()
            .setId(event.id().toString())
            .setUser(event.user().toString())
            .setAccount(event.account().toString())
            .setMoney(event.money())
            .setBot(LedgerText.of(event.bot()))
            .setFeed(event.instrument().feed())
            .setSymbol(event.instrument().symbol())
            .setSide(event.side())
            .setOpenedAt(event.openedAt())
            .setClosedAt(event.closedAt())
            .setEntry(Amounts.text(event.entry()))
            .setExit(Amounts.text(event.exit()))
            .setAmount(event.amount().toPlainString())
            .setLevel(event.level())
            .setFees(event.fees().toPlainString())
            .setProfit(event.profit().toPlainString())
            .setReason(event.reason())
            .setAmbiguous(event.ambiguous())
            .setEvent(event.event())
            .build()
            .toByteArray();
    }

    /**
     * Decodes an event.
     * @param bytes a {@link TradeMessage}
     * @return what happened
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static TradeEvent decode(byte[] bytes) {
        try {
            TradeMessage message = TradeMessage.parseFrom(bytes);
            return new TradeEvent(UUID.fromString(message.getId()), UUID.fromString(message.getUser()),
                    UUID.fromString(message.getAccount()), message.getMoney(),
                    message.getBot().isEmpty() ? null : UUID.fromString(message.getBot()),
                    new Instrument(message.getFeed(), message.getSymbol()), message.getSide(), message.getOpenedAt(),
                    message.getClosedAt(), Amounts.parseOrNull(message.getEntry()),
                    Amounts.parseOrNull(message.getExit()), Amounts.parse(message.getAmount()), message.getLevel(),
                    Amounts.parse(message.getFees()), Amounts.parse(message.getProfit()), message.getReason(),
                    message.getAmbiguous(), message.getEvent());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a message of topic trade: " + ex.getMessage(), ex);
        }
    }

}
