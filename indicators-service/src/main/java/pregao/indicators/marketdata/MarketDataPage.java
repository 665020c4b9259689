package pregao.indicators.marketdata;

import java.util.List;

import org.jspecify.annotations.Nullable;
import pregao.indicators.query.Cursor;
import pregao.indicators.query.MarketDataQuery;

/**
 * The candles that answer a query, oldest first.
 *
 * @param query what was asked
 * @param items the candles
 * @param next where the next page begins; null where this is the last
 */
record MarketDataPage(MarketDataQuery query, List<StoredCandle> items, @Nullable Cursor next) {

    MarketDataPage {
        items = List.copyOf(items);
    }

    /**
     * The page of a query.
     * @param query what was asked
     * @param found up to one candle more than the limit, which shows that there is a next
     * page
     * @return the page
     */
    static MarketDataPage of(MarketDataQuery query, List<StoredCandle> found) {
        if (found.size() <= query.limit()) {
            return new MarketDataPage(query, found, null);
        }
        Cursor next = new Cursor(found.get(query.limit()).ts());
        return new MarketDataPage(query, found.subList(0, query.limit()), next);
    }

}
