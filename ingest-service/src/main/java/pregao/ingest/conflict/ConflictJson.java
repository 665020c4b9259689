package pregao.ingest.conflict;

import java.time.Instant;
import java.util.List;

import pregao.ingest.candle.CandleJson;
import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.candle.StoredConflict;
import pregao.ingest.json.JsonWriter;

/**
 * JSON form of conflicts.
 */
final class ConflictJson {

    private static final int BYTES_PER_ITEM = 480;

    private final JsonWriter json;

    private ConflictJson(int items) {
        this.json = new JsonWriter(128 + items * BYTES_PER_ITEM);
    }

    static byte[] toJson(StoredConflict conflict) {
        ConflictJson writer = new ConflictJson(1);
        writer.write(conflict);
        return writer.json.toBytes();
    }

    /**
     * Writes a page.
     * @param query the query
     * @param items the conflicts of the page
     * @return the JSON; {@code next} is null if the page is not full
     */
    static byte[] pageToJson(ConflictQuery query, List<StoredConflict> items) {
        ConflictJson writer = new ConflictJson(items.size());
        writer.json.raw("{\"feed\":").string(query.feed()).raw(",\"state\":").string(query.state().text());
        writer.json.raw(",\"items\":[");
        for (int i = 0; i < items.size(); i++) {
            writer.json.raw((i > 0) ? "," : "");
            writer.write(items.get(i));
        }
        writer.json.raw("],\"next\":");
        writer.json.string((items.size() < query.limit()) ? null : Long.toString(items.getLast().id())).raw("}");
        return writer.json.toBytes();
    }

    private void write(StoredConflict conflict) {
        this.json.raw("{\"id\":").number(conflict.id()).raw(",\"state\":").string(conflict.state().text());
        this.json.raw(",\"times\":").number(conflict.times());
        this.json.raw(",\"first_seen\":").time(conflict.firstSeen().toEpochMilli());
        this.json.raw(",\"last_seen\":").time(conflict.lastSeen().toEpochMilli()).raw(",\"accepted_at\":");
        Instant acceptedAt = conflict.acceptedAt();
        if (acceptedAt != null) {
            this.json.time(acceptedAt.toEpochMilli());
        }
        else {
            this.json.raw("null");
        }
        this.json.raw(",\"accepted_by\":").string(conflict.acceptedBy());
        CandleJson.write(this.json, conflict.candle());
        this.json.raw("}");
    }

}
