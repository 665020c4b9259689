package pregao.ingest.quarantine;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.Spread;
import pregao.ingest.answer.JsonText;
import pregao.ingest.candle.HeldCandle;
import pregao.ingest.candle.HeldQuery;

/**
 * Candles in quarantine as JSON.
 */
final class HeldJson {

    private static final int BYTES_AN_ITEM = 480;

    private final JsonText json;

    private HeldJson(int items) {
        this.json = new JsonText(128 + items * BYTES_AN_ITEM);
    }

    static byte[] of(HeldCandle candle) {
        HeldJson text = new HeldJson(1);
        text.write(candle);
        return text.json.toBytes();
    }

    /**
     * A page.
     * @param query what was asked
     * @param items what was found
     * @return JSON; {@code next} is there where the page is full
     */
    static byte[] page(HeldQuery query, List<HeldCandle> items) {
        HeldJson text = new HeldJson(items.size());
        text.json.raw("{\"feed\":").string(query.feed()).raw(",\"state\":").string(query.state().text());
        String before = ",\"items\":[";
        for (HeldCandle item : items) {
            text.json.raw(before);
            text.write(item);
            before = ",";
        }
        text.json.raw(items.isEmpty() ? ",\"items\":[],\"next\":" : "],\"next\":");
        text.json.string((items.size() < query.limit()) ? null : Long.toString(items.getLast().id())).raw("}");
        return text.json.toBytes();
    }

    private void write(HeldCandle held) {
        this.json.raw("{\"id\":").number(held.id()).raw(",\"state\":").string(held.state().text());
        this.json.raw(",\"median\":").raw(Price.toText(held.median()));
        this.json.raw(",\"neighbours\":").number(held.neighbours());
        this.json.raw(",\"received_at\":").time(held.receivedAt().toEpochMilli()).raw(",\"released_at\":");
        time(held.releasedAt());
        this.json.raw(",\"released_by\":").string(held.releasedBy());
        write(held.candle());
        this.json.raw("}");
    }

    private void write(Candle candle) {
        this.json.raw(",\"candle\":{\"feed\":").string(candle.instrument().feed());
        this.json.raw(",\"symbol\":").string(candle.instrument().symbol());
        this.json.raw(",\"timeframe\":").string(candle.timeframe().name());
        this.json.raw(",\"ts\":").time(candle.openTime());
        this.json.raw(",\"open\":").raw(Price.toText(candle.open()));
        this.json.raw(",\"high\":").raw(Price.toText(candle.high()));
        this.json.raw(",\"low\":").raw(Price.toText(candle.low()));
        this.json.raw(",\"close\":").raw(Price.toText(candle.close()));
        this.json.raw(",\"volume\":").raw(candle.volume().toPlainString());
        Spread spread = candle.spread();
        this.json.raw(",\"spread\":").raw((spread != null) ? Price.toText(spread.units()) : "null");
        if (spread != null) {
            this.json.raw(",\"spread_unit\":").string(spread.inPoints() ? "points" : "price");
        }
        this.json.raw(",\"final\":").raw(Boolean.toString(candle.complete()));
        this.json.raw(",\"source\":").string(candle.source().text());
        this.json.raw(",\"revision\":").number(candle.revision()).raw("}");
    }

    private void time(@Nullable Instant moment) {
        if (moment != null) {
            this.json.time(moment.toEpochMilli());
        }
        else {
            this.json.raw("null");
        }
    }

}
