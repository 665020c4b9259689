package pregao.indicators.marketdata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.indicators.query.MarketDataQuery;
import pregao.indicators.query.PageCursor;

/**
 * A page of candles, oldest first, as the bytes of the response.
 *
 * @param query the query
 * @param parts parts of the page, each with candles as JSON objects separated by commas
 * @param next the cursor of the next page; null if this is the last one
 */
record MarketDataPage(MarketDataQuery query, List<ByteBuffer> parts, @Nullable PageCursor next) {

    MarketDataPage {
        parts = List.copyOf(parts);
    }

    boolean isEmpty() {
        return this.parts.isEmpty();
    }

    /**
     * Returns the body of the response, without copying the parts. No name in it contains
     * a character that JSON escapes.
     */
    List<ByteBuffer> toBody() {
        List<ByteBuffer> body = new ArrayList<>(2 * this.parts.size() + 1);
        String prefix = """
                {"symbol":"%s","timeframe":"%s","feed":"%s","convention":"%s","items":[""".formatted(
                this.query.instrument().symbol(), this.query.timeframe(), this.query.instrument().feed(),
                this.query.convention().text());
        for (ByteBuffer part : this.parts) {
            body.add(toBytes(prefix));
            body.add(part.duplicate());
            prefix = ",";
        }
        String suffix = (this.next != null) ? "],\"next\":\"" + this.next.text() + "\"}" : "],\"next\":null}";
        body.add(toBytes(this.parts.isEmpty() ? prefix + suffix : suffix));
        return body;
    }

    static ByteBuffer toBytes(CharSequence ascii) {
        return ByteBuffer.wrap(ascii.toString().getBytes(StandardCharsets.US_ASCII));
    }

}
