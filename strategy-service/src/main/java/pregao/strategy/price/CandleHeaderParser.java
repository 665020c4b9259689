package pregao.strategy.price;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.CandleMessage;
import pregao.contracts.candle.TimeframeMessage;

/**
 * What decides whether a record of the topic {@code candle} matters to prices, read
 * without decoding the rest.
 *
 * @param timeframe its number in the message
 * @param openTime in epoch milliseconds
 */
record CandleHeaderParser(int timeframe, long openTime) {

    /**
     * Reads the header.
     * @param bytes a {@link CandleMessage}
     * @return the header
     * @throws IOException where the bytes are no message
     */
    static CandleHeaderParser read(byte[] bytes) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(bytes);
        int timeframe = 0;
        long openTime = 0;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case CandleMessage.TIMEFRAME_FIELD_NUMBER -> timeframe = input.readEnum();
                case CandleMessage.OPEN_TIME_FIELD_NUMBER -> openTime = input.readInt64();
                default -> input.skipField(tag);
            }
        }
        return new CandleHeaderParser(timeframe, openTime);
    }

    /**
     * Whether it is a minute.
     * @return false for every {@link Timeframe} but M1
     */
    boolean isMinute() {
        return this.timeframe == TimeframeMessage.TIMEFRAME_M1_VALUE;
    }

}
