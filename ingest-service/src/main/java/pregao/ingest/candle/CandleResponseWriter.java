package pregao.ingest.candle;

import java.util.Iterator;
import java.util.List;

import pregao.contracts.candle.Candle;
import pregao.ingest.json.JsonWriter;
import pregao.ingest.parser.ParsedCandle;
import pregao.ingest.parser.Rejection;

/**
 * Writer of the response to a request with candles.
 */
final class CandleResponseWriter {

    private final boolean minimal;

    private final JsonWriter json;

    private boolean firstItem = true;

    private CandleResponseWriter(int size, boolean minimal) {
        this.minimal = minimal;
        this.json = new JsonWriter(minimal ? 256 : 192 + size * 144);
    }

    static byte[] toJson(List<ParsedCandle> candles, List<UpsertResult> results, boolean minimal) {
        return new CandleResponseWriter(candles.size(), minimal).write(candles, results);
    }

    private byte[] write(List<ParsedCandle> candles, List<UpsertResult> results) {
        this.json.raw("{\"ok\":true,\"received\":").number(candles.size());
        for (UpsertResult.Status status : UpsertResult.Status.values()) {
            String name = (status == UpsertResult.Status.DUPLICATE) ? "duplicates" : status.text();
            long count = results.stream().filter((resultIterator) -> resultIterator.status() == status).count();
            this.json.raw(",\"").raw(name).raw("\":").number(count);
        }
        this.json.raw(",\"rejected\":").number(candles.size() - results.size()).raw(",\"details\":[");
        Iterator<UpsertResult> resultIterator = results.iterator();
        for (ParsedCandle candle : candles) {
            switch (candle) {
                case ParsedCandle.Valid valid -> writeValid(valid, resultIterator.next());
                case ParsedCandle.Rejected rejected -> writeRejected(rejected);
            }
        }
        return this.json.raw("]}").toBytes();
    }

    private void writeValid(ParsedCandle.Valid valid, UpsertResult result) {
        if (this.minimal && result.isChanged()) {
            return;
        }
        Candle candle = valid.candle();
        startItem().string(candle.instrument().symbol());
        this.json.raw(",\"timeframe\":\"").raw(candle.timeframe().name()).raw("\",\"ts_original\":");
        this.json.string(valid.original()).raw(",\"ts_bucket\":").time(candle.openTime());
        this.json.raw(",\"status\":\"")
            .raw(result.status().text())
            .raw(result.conflict() ? "\",\"conflict\":true}" : "\"}");
    }

    private void writeRejected(ParsedCandle.Rejected rejected) {
        Rejection rejection = rejected.rejection();
        startItem().string(rejected.symbol()).raw(",\"timeframe\":").string(rejected.timeframe());
        this.json.raw(",\"ts_original\":").string(rejected.original()).raw(",\"ts_bucket\":");
        Long bucket = rejected.bucket();
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

    private JsonWriter startItem() {
        this.json.raw(this.firstItem ? "{\"symbol\":" : ",{\"symbol\":");
        this.firstItem = false;
        return this.json;
    }

}
