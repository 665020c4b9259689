package pregao.ingest.quarantine;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.ingest.candle.CandleJson;
import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.candle.QuarantinedCandle;
import pregao.ingest.json.JsonWriter;

/**
 * Candles in quarantine as JSON.
 */
final class QuarantinedCandleJson {

    private static final int BYTES_AN_ITEM = 480;

    private final JsonWriter json;

    private QuarantinedCandleJson(int items) {
        this.json = new JsonWriter(128 + items * BYTES_AN_ITEM);
    }

    static byte[] of(QuarantinedCandle candle) {
        QuarantinedCandleJson text = new QuarantinedCandleJson(1);
        text.write(candle);
        return text.json.toBytes();
    }

    /**
     * A page.
     * @param query what was asked
     * @param items what was found
     * @return JSON; {@code next} is there where the page is full
     */
    static byte[] page(QuarantineQuery query, List<QuarantinedCandle> items) {
        QuarantinedCandleJson text = new QuarantinedCandleJson(items.size());
        text.json.raw("{\"feed\":").string(query.feed()).raw(",\"state\":").string(query.state().text());
        String before = ",\"items\":[";
        for (QuarantinedCandle item : items) {
            text.json.raw(before);
            text.write(item);
            before = ",";
        }
        text.json.raw(items.isEmpty() ? ",\"items\":[],\"next\":" : "],\"next\":");
        text.json.string((items.size() < query.limit()) ? null : Long.toString(items.getLast().id())).raw("}");
        return text.json.toBytes();
    }

    private void write(QuarantinedCandle held) {
        this.json.raw("{\"id\":").number(held.id()).raw(",\"state\":").string(held.state().text());
        this.json.raw(",\"median\":").raw(Prices.toText(held.median()));
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
