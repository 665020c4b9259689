package pregao.ingest.candle;

import java.util.Iterator;
import java.util.List;

import pregao.contracts.candle.Candle;
import pregao.ingest.answer.JsonText;
import pregao.ingest.ea.Rejection;
import pregao.ingest.ea.SentCandle;

/**
 * What the sender of candles is told.
 */
final class CandleAnswer {

    private final boolean minimal;

    private final JsonText json;

    private boolean first = true;

    private CandleAnswer(int size, boolean minimal) {
        this.minimal = minimal;
        this.json = new JsonText(minimal ? 256 : 192 + size * 144);
    }

    static byte[] of(List<SentCandle> sent, List<Put> puts, boolean minimal) {
        return new CandleAnswer(sent.size(), minimal).write(sent, puts);
    }

    private byte[] write(List<SentCandle> sent, List<Put> puts) {
        this.json.raw("{\"ok\":true,\"received\":").number(sent.size());
        for (Put.Status status : Put.Status.values()) {
            String name = (status == Put.Status.DUPLICATE) ? "duplicates" : status.text();
            long count = puts.stream().filter((put) -> put.status() == status).count();
            this.json.raw(",\"").raw(name).raw("\":").number(count);
        }
        this.json.raw(",\"rejected\":").number(sent.size() - puts.size()).raw(",\"details\":[");
        Iterator<Put> put = puts.iterator();
        for (SentCandle each : sent) {
            switch (each) {
                case SentCandle.Sound sound -> writeSound(sound, put.next());
                case SentCandle.Refused refused -> writeRefused(refused);
            }
        }
        return this.json.raw("]}").toBytes();
    }

    private void writeSound(SentCandle.Sound sound, Put put) {
        if (this.minimal && put.changed()) {
            return;
        }
        Candle candle = sound.candle();
        next().string(candle.instrument().symbol());
        this.json.raw(",\"timeframe\":\"").raw(candle.timeframe().name()).raw("\",\"ts_original\":");
        this.json.string(sound.original()).raw(",\"ts_bucket\":").time(candle.openTime());
        this.json.raw(",\"status\":\"").raw(put.status().text()).raw(put.conflict() ? "\",\"conflict\":true}" : "\"}");
    }

    private void writeRefused(SentCandle.Refused refused) {
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

    private JsonText next() {
        this.json.raw(this.first ? "{\"symbol\":" : ",{\"symbol\":");
        this.first = false;
        return this.json;
    }

}
