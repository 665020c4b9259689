package pregao.ingest.candle;

import java.util.Iterator;
import java.util.List;

import pregao.contracts.candle.Candle;
import pregao.ingest.json.JsonWriter;
import pregao.ingest.parser.ParsedCandle;
import pregao.ingest.parser.Rejection;

/**
 * What the sender of candles is told.
 */
final class CandleResponseWriter {

    private final boolean minimal;

    private final JsonWriter json;

    private boolean first = true;

    private CandleResponseWriter(int size, boolean minimal) {
        this.minimal = minimal;
        this.json = new JsonWriter(minimal ? 256 : 192 + size * 144);
    }

    static byte[] of(List<ParsedCandle> sent, List<UpsertResult> puts, boolean minimal) {
        return new CandleResponseWriter(sent.size(), minimal).write(sent, puts);
    }

    private byte[] write(List<ParsedCandle> sent, List<UpsertResult> puts) {
        this.json.raw("{\"ok\":true,\"received\":").number(sent.size());
        for (UpsertResult.Status status : UpsertResult.Status.values()) {
            String name = (status == UpsertResult.Status.DUPLICATE) ? "duplicates" : status.text();
            long count = puts.stream().filter((put) -> put.status() == status).count();
            this.json.raw(",\"").raw(name).raw("\":").number(count);
        }
        this.json.raw(",\"rejected\":").number(sent.size() - puts.size()).raw(",\"details\":[");
        Iterator<UpsertResult> put = puts.iterator();
        for (ParsedCandle parsedCandle : sent) {
            switch (parsedCandle) {
                case ParsedCandle.Valid sound -> writeSound(sound, put.next());
                case ParsedCandle.Rejected refused -> writeRefused(refused);
            }
        }
        return this.json.raw("]}").toBytes();
    }

    private void writeSound(ParsedCandle.Valid sound, UpsertResult put) {
        if (this.minimal && put.changed()) {
            return;
        }
        Candle candle = sound.candle();
        next().string(candle.instrument().symbol());
        this.json.raw(",\"timeframe\":\"").raw(candle.timeframe().name()).raw("\",\"ts_original\":");
        this.json.string(sound.original()).raw(",\"ts_bucket\":").time(candle.openTime());
        this.json.raw(",\"status\":\"").raw(put.status().text()).raw(put.conflict() ? "\",\"conflict\":true}" : "\"}");
    }

    private void writeRefused(ParsedCandle.Rejected refused) {
        Rejection rejection = refused.rejection();
        next().string(refused.symbol()).raw(",\"timeframe\":").string(refused.timeframe());
        this.json.raw(",\"ts_original\":").string(refused.original()).raw(",\"ts_bucket\":");
        Long bucket = refused.bucket();
        if (bucket != null) {
            this.json.time(bucket);
        }
        else {
            this.json.raw("null");
        }
        this.json.raw(",\"status\":\"rejected\",\"reason\":").string(rejection.reason());
        this.json.raw(",\"field\":").string(rejection.field());
        this.json.raw(",\"expected\":").string(rejection.expected()).raw("}");
    }

    private JsonWriter next() {
        this.json.raw(this.first ? "{\"symbol\":" : ",{\"symbol\":");
        this.first = false;
        return this.json;
    }

}
