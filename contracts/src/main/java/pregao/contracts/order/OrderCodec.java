package pregao.contracts.order;

import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.Amounts;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * {@link OrderEvent} to the bytes of the topic {@code order} and back.
 */
public final class OrderCodec {

    private OrderCodec() {
    }

    /**
     * Encodes an event.
     * @param event what happened
     * @return a {@link OrderMessage}
     */
    public static byte[] encode(OrderEvent event) {
        return OrderMessage.newBuilder()
            .setId(event.id().toString())
            .setUser(event.user().toString())
            .setAccount(event.account().toString())
            .setMoney(event.money())
            .setBot(LedgerText.of(event.bot()))
            .setFeed(event.instrument().feed())
            .setSymbol(event.instrument().symbol())
            .setSide(event.side())
            .setAmount(event.amount().toPlainString())
            .setLevel(event.level())
            .setState(event.state())
            .setReason(event.reason())
            .setPrice(Amounts.text(event.price()))
            .setProfit(Amounts.text(event.profit()))
            .setAt(event.at())
            .setEvent(event.event())
            .build()
            .toByteArray();
    }

    /**
     * Decodes an event.
     * @param bytes a {@link OrderMessage}
     * @return what happened
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static OrderEvent decode(byte[] bytes) {
        try {
            OrderMessage message = OrderMessage.parseFrom(bytes);
            return new OrderEvent(UUID.fromString(message.getId()), UUID.fromString(message.getUser()),
                    UUID.fromString(message.getAccount()), message.getMoney(),
                    message.getBot().isEmpty() ? null : UUID.fromString(message.getBot()),
                    new Instrument(message.getFeed(), message.getSymbol()), message.getSide(),
                    Amounts.parse(message.getAmount()), message.getLevel(), message.getState(), message.getReason(),
                    Amounts.parseOrNull(message.getPrice()), Amounts.parseOrNull(message.getProfit()), message.getAt(),
                    message.getEvent());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a message of topic order: " + ex.getMessage(), ex);
        }
    }

}
