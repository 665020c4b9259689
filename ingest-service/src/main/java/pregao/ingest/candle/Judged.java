package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Price;
import pregao.contracts.candle.Candle;
import pregao.ingest.ea.Rejection;
import pregao.ingest.ea.SentCandle;
import pregao.market.quality.Doubt;

/**
 * The items of a request, refused where they were not believed.
 */
final class Judged {

    private Judged() {
    }

    static List<SentCandle> of(List<SentCandle> sent, Held held) {
        if (held.doubts().isEmpty()) {
            return sent;
        }
        List<SentCandle> judged = new ArrayList<>(sent.size());
        int place = 0;
        for (SentCandle each : sent) {
            judged.add(switch (each) {
                case SentCandle.Sound sound -> judge(sound, held, place++);
                case SentCandle.Refused refused -> refused;
            });
        }
        return judged;
    }

    private static SentCandle judge(SentCandle.Sound sound, Held held, int place) {
        Doubt doubt = held.doubts().get(place);
        if (doubt == null) {
            return sound;
        }
        Candle candle = sound.candle();
        String expected = "a tenth to ten times %s, the median close of %d neighbours; %s waits for release"
            .formatted(Price.toText(doubt.median()), doubt.neighbours(), Price.toText(doubt.price()));
        return new SentCandle.Refused(candle.instrument().symbol(), candle.timeframe().name(), sound.original(),
                candle.openTime(), new Rejection(doubt.field(), "quarantined", expected, Rejection.Kind.QUARANTINED));
    }

}
