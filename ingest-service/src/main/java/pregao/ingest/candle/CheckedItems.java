package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.ingest.parser.ParsedCandle;
import pregao.ingest.parser.Rejection;
import pregao.market.dataquality.Outlier;

/**
 * Items of a request after the check for outliers, with quarantined items marked as
 * rejected.
 */
final class CheckedItems {

    private CheckedItems() {
    }

    static List<ParsedCandle> rejectQuarantined(List<ParsedCandle> candles, QuarantineResult quarantineResult) {
        if (quarantineResult.doubts().isEmpty()) {
            return candles;
        }
        List<ParsedCandle> checked = new ArrayList<>(candles.size());
        int index = 0;
        for (ParsedCandle candle : candles) {
            checked.add(switch (candle) {
                case ParsedCandle.Valid valid -> check(valid, quarantineResult, index++);
                case ParsedCandle.Rejected rejected -> rejected;
            });
        }
        return checked;
    }

    private static ParsedCandle check(ParsedCandle.Valid valid, QuarantineResult quarantineResult, int index) {
        Outlier outlier = quarantineResult.doubts().get(index);
        if (outlier == null) {
            return valid;
        }
        Candle candle = valid.candle();
        String expected = "a tenth to ten times %s, the median close of %d neighbours; %s waits for release"
            .formatted(Prices.toText(outlier.median()), outlier.neighbours(), Prices.toText(outlier.price()));
        return new ParsedCandle.Rejected(candle.instrument().symbol(), candle.timeframe().name(), valid.original(),
                candle.openTime(), new Rejection(outlier.field(), "quarantined", expected, Rejection.Kind.QUARANTINED));
    }

}
