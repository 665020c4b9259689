package pregao.indicators.marketdata;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import pregao.indicators.query.Cursor;
import pregao.indicators.query.MarketDataQuery;

/**
 * The candles that answer a query, oldest first.
 *
 * @param query what was asked
 * @param items the candles as JSON objects with commas between them; empty where there is
 * none
 * @param next where the next page begins; null where this is the last
 */
record Page(MarketDataQuery query, String items, @Nullable Cursor next) {

    boolean isEmpty() {
        return this.items.isEmpty();
    }

    /**
     * The answer. No name in it has a character that JSON escapes.
     */
    byte[] json() {
        StringBuilder json = new StringBuilder(256 + this.items.length());
        json.append("{\"symbol\":\"")
            .append(this.query.instrument().symbol())
            .append("\",\"timeframe\":\"")
            .append(this.query.timeframe())
            .append("\",\"feed\":\"")
            .append(this.query.instrument().feed())
            .append("\",\"convention\":\"")
            .append(this.query.convention().text())
            .append("\",\"items\":[")
            .append(this.items)
            .append("],\"next\":");
        if (this.next != null) {
            json.append('"').append(this.next.text()).append('"');
        }
        else {
            json.append("null");
        }
        return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

}
