package pregao.ingest.tick;

import java.util.Iterator;

import pregao.contracts.Timeframe;
import pregao.ingest.json.JsonWriter;
import pregao.ingest.parser.ParsedTicks;
import pregao.ingest.parser.Rejection;

/**
 * Writer of the response to a request with ticks.
 */
final class TickResponseWriter {

    private final ParsedTicks ticks;

    private final boolean minimal;

    private final JsonWriter json;

    private boolean firstItem = true;

    private TickResponseWriter(ParsedTicks ticks, boolean minimal) {
        this.ticks = ticks;
        this.minimal = minimal;
        this.json = new JsonWriter(minimal ? 256 : 160 + ticks.size() * 128);
    }

    static byte[] toJson(ParsedTicks ticks, boolean minimal) {
        return new TickResponseWriter(ticks, minimal).write();
    }

    private byte[] write() {
        this.json.raw("{\"ok\":true,\"received\":").number(this.ticks.size());
        this.json.raw(",\"duplicates\":").number(this.ticks.duplicates());
        this.json.raw(",\"rejected\":").number(this.ticks.rejected().size());
        this.json.raw(",\"details\":[");
        Iterator<ParsedTicks.RejectedTick> rejected = this.ticks.rejected().iterator();
        for (int i = 0; i < this.ticks.size(); i++) {
            if (this.ticks.isRejected(i)) {
                writeRejected(i, rejected.next());
            }
            else if (!this.minimal || this.ticks.isDuplicate(i)) {
                writeAccepted(i);
            }
        }
        return this.json.raw("]}").toBytes();
    }

    private void writeAccepted(int index) {
        startItem().string(this.ticks.symbol(index));
        writeOriginal(index);
        this.json.raw(",\"ts_bucket\":").time(Timeframe.M1.bucketStart(this.ticks.time(index)));
        this.json.raw(this.ticks.isDuplicate(index) ? ",\"status\":\"duplicate\"}" : ",\"status\":\"received\"}");
    }

    private void writeRejected(int index, ParsedTicks.RejectedTick rejected) {
        Rejection rejection = rejected.rejection();
        startItem().string(rejected.symbol());
        writeOriginal(index);
        this.json.raw(",\"ts_bucket\":null,\"status\":\"rejected\",\"reason\":").string(rejection.reason());
        this.json.raw(",\"field\":").string(rejection.field());
        this.json.raw(",\"expected\":").string(rejection.expected()).raw("}");
    }

    private JsonWriter startItem() {
        this.json.raw(this.firstItem ? "{\"symbol\":" : ",{\"symbol\":");
        this.firstItem = false;
        return this.json;
    }

    private void writeOriginal(int index) {
        this.json.raw(",\"ts_original\":")
            .string(this.ticks.originals(), this.ticks.originalStart(index), this.ticks.originalEnd(index));
    }

}
