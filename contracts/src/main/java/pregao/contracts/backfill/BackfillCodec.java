package pregao.contracts.backfill;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.Instrument;
import pregao.contracts.candle.CandleCodec;

/**
 * {@link BackfillRequest} to the bytes of the topic {@code backfill} and back.
 */
public final class BackfillCodec {

    private BackfillCodec() {
    }

    /**
     * Encodes a wish.
     * @param wish what is missing
     * @return a {@link BackfillMessage}
     */
    public static byte[] encode(BackfillRequest wish) {
        return BackfillMessage.newBuilder()
            .setFeed(wish.instrument().feed())
            .setSymbol(wish.instrument().symbol())
            .setTimeframe(CandleCodec.message(wish.timeframe()))
            .setFrom(wish.from())
            .setTo(wish.to())
            .setWishedAt(wish.wishedAt())
            .build()
            .toByteArray();
    }

    /**
     * Decodes a wish.
     * @param bytes a {@link BackfillMessage}
     * @return the wish
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static BackfillRequest decode(byte[] bytes) {
        try {
            BackfillMessage message = BackfillMessage.parseFrom(bytes);
            return new BackfillRequest(new Instrument(message.getFeed(), message.getSymbol()),
                    CandleCodec.timeframe(message.getTimeframe()), message.getFrom(), message.getTo(),
                    message.getWishedAt());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a backfill message: " + ex.getMessage(), ex);
        }
    }

}
