package pregao.contracts.candle;

import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.Volumes;

/**
 * {@link CandleEvent} to the bytes of the topic {@code candle} and back.
 */
public final class CandleCodec {

    private CandleCodec() {
    }

    /**
     * Encodes an event.
     * @param event a candle, maybe with its last quote
     * @return a {@link CandleMessage}
     */
    public static byte[] encode(CandleEvent event) {
        return message(event).toByteArray();
    }

    /**
     * The message of an event, for those that carry one in theirs.
     * @param event a candle, maybe with its last quote
     * @return the message
     */
    public static CandleMessage message(CandleEvent event) {
        Candle candle = event.candle();
        CandleMessage.Builder message = CandleMessage.newBuilder()
            .setFeed(candle.instrument().feed())
            .setSymbol(candle.instrument().symbol())
            .setTimeframe(message(candle.timeframe()))
            .setOpenTime(candle.openTime())
            .setOpen(candle.open())
            .setHigh(candle.high())
            .setLow(candle.low())
            .setClose(candle.close())
            .setVolume(candle.volume().toPlainString())
            .setSource(candle.source().message())
            .setComplete(candle.isFinal())
            .setRevision(candle.revision())
            .setLastBid(event.lastBid())
            .setLastAsk(event.lastAsk())
            .setWithdrawn(event.withdrawn());
        Spread spread = candle.spread();
        if (spread != null) {
            message.setSpread(spread.units())
                .setSpreadInPoints(spread.unit() != Spread.Unit.PRICE)
                .setSpreadUnitUnknown(spread.unit() == Spread.Unit.UNKNOWN);
        }
        return message.build();
    }

    /**
     * Decodes an event.
     * @param bytes a {@link CandleMessage}
     * @return the event
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static CandleEvent decode(byte[] bytes) {
        try {
            return event(CandleMessage.parseFrom(bytes));
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a candle message: " + ex.getMessage(), ex);
        }
    }

    /**
     * The event of a message.
     * @param message a candle, maybe with its last quote
     * @return the event
     * @throws IllegalArgumentException where it breaks the rules
     */
    public static CandleEvent event(CandleMessage message) {
        return new CandleEvent(candle(message), message.getLastBid(), message.getLastAsk(), message.getWithdrawn());
    }

    private static Candle candle(CandleMessage message) {
        return new Candle(new Instrument(message.getFeed(), message.getSymbol()), timeframe(message.getTimeframe()),
                message.getOpenTime(), message.getOpen(), message.getHigh(), message.getLow(), message.getClose(),
                Volumes.parse(message.getVolume()), spread(message), CandleSource.of(message.getSource()),
                message.getComplete(), message.getRevision());
    }

    /**
     * The timeframe of a message.
     * @param message the message's value
     * @return the timeframe
     * @throws IllegalArgumentException where this version does not know the value
     */
    public static Timeframe timeframe(TimeframeMessage message) {
        return switch (message) {
            case TIMEFRAME_M1 -> Timeframe.M1;
            case TIMEFRAME_M5 -> Timeframe.M5;
            case TIMEFRAME_M15 -> Timeframe.M15;
            case TIMEFRAME_M30 -> Timeframe.M30;
            case TIMEFRAME_H1 -> Timeframe.H1;
            case TIMEFRAME_H4 -> Timeframe.H4;
            case TIMEFRAME_D1 -> Timeframe.D1;
            case TIMEFRAME_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("unknown timeframe");
        };
    }

    /**
     * The form of a timeframe on the wire.
     * @param timeframe how long
     * @return the message's value
     */
    public static TimeframeMessage message(Timeframe timeframe) {
        return switch (timeframe) {
            case M1 -> TimeframeMessage.TIMEFRAME_M1;
            case M5 -> TimeframeMessage.TIMEFRAME_M5;
            case M15 -> TimeframeMessage.TIMEFRAME_M15;
            case M30 -> TimeframeMessage.TIMEFRAME_M30;
            case H1 -> TimeframeMessage.TIMEFRAME_H1;
            case H4 -> TimeframeMessage.TIMEFRAME_H4;
            case D1 -> TimeframeMessage.TIMEFRAME_D1;
        };
    }

    private static @Nullable Spread spread(CandleMessage message) {
        if (!message.hasSpread()) {
            return null;
        }
        Spread.Unit unit = message.getSpreadUnitUnknown() ? Spread.Unit.UNKNOWN
                : message.getSpreadInPoints() ? Spread.Unit.POINTS : Spread.Unit.PRICE;
        return new Spread(message.getSpread(), unit);
    }

}
