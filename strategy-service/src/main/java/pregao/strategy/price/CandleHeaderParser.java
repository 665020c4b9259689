package pregao.strategy.price;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.CandleMessage;
import pregao.contracts.candle.TimeframeMessage;

/**
 * The fields of a record of the topic {@code candle} that decide whether it has a new
 * price, read without decoding the rest of the message.
 *
 * @param timeframe the number of the timeframe in the message
 * @param openTime the open time, in epoch milliseconds
 */
record CandleHeaderParser(int timeframe, long openTime) {

    /**
     * Reads the header.
     * @param bytes an encoded {@link CandleMessage}
     * @return the header
     * @throws IOException if the bytes are not a valid message
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
     * Returns whether the candle is an M1 candle.
     * @return false for every {@link Timeframe} but M1
     */
    boolean isMinute() {
        return this.timeframe == TimeframeMessage.TIMEFRAME_M1_VALUE;
    }

}
