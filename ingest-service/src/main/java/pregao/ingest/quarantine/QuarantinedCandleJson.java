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
 * JSON form of quarantined candles.
 */
final class QuarantinedCandleJson {

    private static final int BYTES_PER_ITEM = 480;

    private final JsonWriter json;

    private QuarantinedCandleJson(int items) {
        this.json = new JsonWriter(128 + items * BYTES_PER_ITEM);
    }

    static byte[] toJson(QuarantinedCandle candle) {
        QuarantinedCandleJson writer = new QuarantinedCandleJson(1);
        writer.write(candle);
        return writer.json.toBytes();
    }

    /**
     * Writes a page.
     * @param query the query
     * @param items the candles of the page
     * @return the JSON; {@code next} is null if the page is not full
     */
    static byte[] pageToJson(QuarantineQuery query, List<QuarantinedCandle> items) {
        QuarantinedCandleJson writer = new QuarantinedCandleJson(items.size());
        writer.json.raw("{\"feed\":").string(query.feed()).raw(",\"state\":").string(query.state().text());
        String separator = ",\"items\":[";
        for (QuarantinedCandle item : items) {
            writer.json.raw(separator);
            writer.write(item);
            separator = ",";
        }
        writer.json.raw(items.isEmpty() ? ",\"items\":[],\"next\":" : "],\"next\":");
        writer.json.string((items.size() < query.limit()) ? null : Long.toString(items.getLast().id())).raw("}");
        return writer.json.toBytes();
    }

    private void write(QuarantinedCandle candle) {
        this.json.raw("{\"id\":").number(candle.id()).raw(",\"state\":").string(candle.state().text());
        this.json.raw(",\"median\":").raw(Prices.toText(candle.median()));
        this.json.raw(",\"neighbours\":").number(candle.neighbours());
        this.json.raw(",\"received_at\":").time(candle.receivedAt().toEpochMilli()).raw(",\"released_at\":");
        writeTime(candle.releasedAt());
        this.json.raw(",\"released_by\":").string(candle.releasedBy());
        CandleJson.write(this.json, candle.candle());
        this.json.raw("}");
    }

    private void writeTime(@Nullable Instant instant) {
        if (instant != null) {
            this.json.time(instant.toEpochMilli());
        }
        else {
            this.json.raw("null");
        }
    }

}
