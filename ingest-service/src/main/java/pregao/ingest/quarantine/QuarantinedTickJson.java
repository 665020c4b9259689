package pregao.ingest.quarantine;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickChange;
import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.json.JsonWriter;

/**
 * JSON form of quarantined ticks.
 */
final class QuarantinedTickJson {

    private static final int BYTES_PER_TICK = 448;

    private final JsonWriter json;

    private QuarantinedTickJson(int ticks) {
        this.json = new JsonWriter(128 + ticks * BYTES_PER_TICK);
    }

    /**
     * Writes a tick.
     * @param tick the current tick
     * @param pending the change that is requested but not applied yet, or null
     * @return the JSON
     */
    static byte[] toJson(QuarantinedTick tick, TickChange.@Nullable Kind pending) {
        QuarantinedTickJson writer = new QuarantinedTickJson(1);
        writer.write(tick, pending);
        return writer.json.toBytes();
    }

    /**
     * Writes a page.
     * @param query the query
     * @param ticks the ticks of the page
     * @return the JSON; {@code next} is null if the page is not full
     */
    static byte[] pageToJson(QuarantineQuery query, List<QuarantinedTick> ticks) {
        QuarantinedTickJson writer = new QuarantinedTickJson(ticks.size());
        writer.json.raw("{\"feed\":").string(query.feed()).raw(",\"state\":").string(query.state().text());
        writer.json.raw(",\"items\":[");
        for (int i = 0; i < ticks.size(); i++) {
            writer.json.raw((i > 0) ? "," : "");
            writer.write(ticks.get(i), null);
        }
        writer.json.raw("],\"next\":");
        writer.json.string((ticks.size() < query.limit()) ? null : Long.toString(ticks.getLast().id())).raw("}");
        return writer.json.toBytes();
    }

    private void write(QuarantinedTick tick, TickChange.@Nullable Kind pending) {
        this.json.raw("{\"id\":").number(tick.id()).raw(",\"state\":").string(tick.state().text());
        if (pending != null) {
            this.json.raw(",\"pending\":").string((pending == TickChange.Kind.RELEASE) ? "release" : "undo");
        }
        this.json.raw(",\"price\":").raw(Prices.toText(tick.price()));
        this.json.raw(",\"median\":").raw(Prices.toText(tick.median()));
        this.json.raw(",\"neighbours\":").number(tick.neighbors());
        writeTime("received_at", tick.receivedAt());
        writeTime("released_at", tick.releasedAt());
        this.json.raw(",\"released_by\":").string(tick.releasedBy());
        writeTime("undone_at", tick.undoneAt());
        this.json.raw(",\"undone_by\":").string(tick.undoneBy());
        write(tick.ticks());
        this.json.raw("}");
    }

    private void write(TickBatch tick) {
        this.json.raw(",\"tick\":{\"feed\":").string(tick.instrument().feed());
        this.json.raw(",\"symbol\":").string(tick.instrument().symbol());
        this.json.raw(",\"ts\":").time(tick.time(0)).raw(",\"seq\":").number(tick.seq(0));
        this.json.raw(",\"bid\":").raw(Prices.toText(tick.bid(0)));
        this.json.raw(",\"ask\":").raw(Prices.toText(tick.ask(0)));
        this.json.raw(",\"last\":").raw((tick.last(0) != 0) ? Prices.toText(tick.last(0)) : "null");
        this.json.raw(",\"volume\":").raw(tick.volume(0).toPlainString());
        this.json.raw(",\"flags\":").number(tick.flags(0)).raw("}");
    }

    private void writeTime(String name, @Nullable Instant instant) {
        this.json.raw(",\"").raw(name).raw("\":");
        if (instant != null) {
            this.json.time(instant.toEpochMilli());
        }
        else {
            this.json.raw("null");
        }
    }

}
