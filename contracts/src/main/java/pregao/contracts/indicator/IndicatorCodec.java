package pregao.contracts.indicator;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;

/**
 * {@link IndicatorEvent} to the bytes of the topic {@code indicator} and back.
 */
public final class IndicatorCodec {

    private IndicatorCodec() {
    }

    /**
     * Encodes an event.
     * @param event a candle with its values
     * @return an {@link IndicatorMessage}
     */
    public static byte[] encode(IndicatorEvent event) {
        IndicatorMessage.Builder message = IndicatorMessage.newBuilder()
            .setCandle(CandleCodec.message(new CandleEvent(event.candle(), 0, 0, event.withdrawn())))
            .setConvention(event.convention().message());
        IndicatorValues values = event.values();
        if (!Double.isNaN(values.rsi())) {
            message.setRsi(values.rsi());
        }
        if (!Double.isNaN(values.macd())) {
            message.setMacd(values.macd());
        }
        if (!Double.isNaN(values.macdSignal())) {
            message.setMacdSignal(values.macdSignal());
        }
        if (!Double.isNaN(values.macdHist())) {
            message.setMacdHist(values.macdHist());
        }
        if (!Double.isNaN(values.atr())) {
            message.setAtr(values.atr());
        }
        if (!Double.isNaN(values.bbUpper())) {
            message.setBbUpper(values.bbUpper());
        }
        if (!Double.isNaN(values.bbMiddle())) {
            message.setBbMiddle(values.bbMiddle());
        }
        if (!Double.isNaN(values.bbLower())) {
            message.setBbLower(values.bbLower());
        }
        return message.build().toByteArray();
    }

    /**
     * Decodes an event.
     * @param bytes an {@link IndicatorMessage}
     * @return the event
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static IndicatorEvent decode(byte[] bytes) {
        try {
            IndicatorMessage message = IndicatorMessage.parseFrom(bytes);
            CandleEvent candle = CandleCodec.event(message.getCandle());
            return new IndicatorEvent(candle.candle(), IndicatorConvention.of(message.getConvention()), values(message),
                    candle.withdrawn());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not an indicator message: " + ex.getMessage(), ex);
        }
    }

    private static IndicatorValues values(IndicatorMessage message) {
        return new IndicatorValues(message.hasRsi() ? message.getRsi() : Double.NaN,
                message.hasMacd() ? message.getMacd() : Double.NaN,
                message.hasMacdSignal() ? message.getMacdSignal() : Double.NaN,
                message.hasMacdHist() ? message.getMacdHist() : Double.NaN,
                message.hasAtr() ? message.getAtr() : Double.NaN,
                message.hasBbUpper() ? message.getBbUpper() : Double.NaN,
                message.hasBbMiddle() ? message.getBbMiddle() : Double.NaN,
                message.hasBbLower() ? message.getBbLower() : Double.NaN);
    }

}
