package pregao.ingest.quarantine;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;
import pregao.ingest.answer.JsonText;
import pregao.ingest.candle.CandleJson;
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
        CandleJson.write(this.json, held.candle());
        this.json.raw("}");
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
