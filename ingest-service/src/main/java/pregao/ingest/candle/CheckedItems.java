package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.ingest.parser.ParsedCandle;
import pregao.ingest.parser.Rejection;
import pregao.market.dataquality.Outlier;

/**
 * The items of a request, refused where they were not believed.
 */
final class CheckedItems {

    private CheckedItems() {
    }

    static List<ParsedCandle> of(List<ParsedCandle> sent, QuarantineResult held) {
        if (held.doubts().isEmpty()) {
            return sent;
        }
        List<ParsedCandle> judged = new ArrayList<>(sent.size());
        int place = 0;
        for (ParsedCandle parsedCandle : sent) {
            judged.add(switch (parsedCandle) {
                case ParsedCandle.Valid sound -> judge(sound, held, place++);
                case ParsedCandle.Rejected refused -> refused;
            });
        }
        return judged;
    }

    private static ParsedCandle judge(ParsedCandle.Valid sound, QuarantineResult held, int place) {
        Outlier doubt = held.doubts().get(place);
        if (doubt == null) {
            return sound;
        }
        Candle candle = sound.candle();
        String expected = "a tenth to ten times %s, the median close of %d neighbours; %s waits for release"
            .formatted(Prices.toText(doubt.median()), doubt.neighbours(), Prices.toText(doubt.price()));
        return new ParsedCandle.Rejected(candle.instrument().symbol(), candle.timeframe().name(), sound.original(),
                candle.openTime(), new Rejection(doubt.field(), "quarantined", expected, Rejection.Kind.QUARANTINED));
    }

}
