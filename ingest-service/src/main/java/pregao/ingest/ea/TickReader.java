package pregao.ingest.ea;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Instrument;

/**
 * Ticks of a request, each judged on its own, straight into columns.
 */
public final class TickReader implements ItemReader {

    private final RequestClock clock;

    private final SentTicks sent = new SentTicks();

    private final TickGroups groups;

    private final ValueText value = new ValueText();

    private final SentTime time = new SentTime();

    private final PriceField bid = new PriceField("bid");

    private final PriceField ask = new PriceField("ask");

    private @Nullable TickGroup group;

    private @Nullable String strangeSymbol;

    private long last;

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private int flags;

    private int seq;

    private @Nullable Rejection fault;

    private TickReader(String feed, RequestClock clock) {
        this.clock = clock;
        this.groups = new TickGroups(feed, this.sent);
    }

    /**
     * Reads a body.
     * @param body the JSON
     * @param feed the caller's feed
     * @param clock what the request's times mean
     * @return its items in their order
     * @throws UnreadableBody where items cannot be told from each other
     * @throws TooManyItems where there are too many
     */
    public static SentTicks read(BodyText body, String feed, RequestClock clock) throws UnreadableBody, TooManyItems {
        TickReader reader = new TickReader(feed, clock);
        Envelope.read(body, reader);
        return reader.sent;
    }

    @Override
    public void begin() {
        this.time.clear();
        this.bid.clear();
        this.ask.clear();
        this.group = null;
        this.strangeSymbol = null;
        this.last = 0;
        this.volume = BigDecimal.ZERO;
        this.volumeRank = 0;
        this.flags = 0;
        this.seq = -1;
        this.fault = null;
    }

    @Override
    public boolean take(String name, JsonParser parser) {
        switch (name) {
            case "symbol" -> takeSymbol(parser);
            case "ts", "time", "ts_msc", "time_msc" -> {
                this.value.look(parser);
                this.time.take(name, this.value);
            }
            case "bid" -> this.bid.take(parser, this.value);
            case "ask" -> this.ask.take(parser, this.value);
            case "last" -> takeLast(parser);
            case "volume" -> takeVolume(4, name, parser);
            case "tick_volume" -> takeVolume(3, name, parser);
            case "real_volume" -> takeVolume(2, name, parser);
            case "volume_real" -> takeVolume(1, name, parser);
            case "flags" -> this.flags = whole(name, parser, 0);
            case "seq" -> this.seq = whole(name, parser, -1);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takeSymbol(JsonParser parser) {
        this.value.look(parser);
        this.group = null;
        if (this.value.isString()) {
            this.group = this.groups.find(this.value);
            this.strangeSymbol = (this.group == null) ? Rejection.quote(this.value.toString()) : null;
        }
        else if (!this.value.isNull()) {
            this.strangeSymbol = this.value.shown();
        }
    }

    private void takeLast(JsonParser parser) {
        boolean readable = this.value.look(parser);
        if (this.value.isNull()) {
            return;
        }
        this.last = readable ? DecimalText.units(this.value) : DecimalText.NOT_A_NUMBER;
        if (this.last < 0) {
            complain(Rejection.malformed("last", this.value, "0 or " + PriceField.EXPECTED));
        }
    }

    private void takeVolume(int rank, String name, JsonParser parser) {
        boolean readable = this.value.look(parser);
        if (this.value.isNull() || rank < this.volumeRank) {
            return;
        }
        BigDecimal read = readable ? DecimalText.volume(this.value) : null;
        if (read == null) {
            complain(Rejection.malformed(name, this.value, "a number from 0 with at most 8 decimals"));
            return;
        }
        this.volume = read;
        this.volumeRank = rank;
    }

    private int whole(String name, JsonParser parser, int absent) {
        boolean readable = this.value.look(parser);
        if (this.value.isNull()) {
            return absent;
        }
        long number = readable ? DecimalText.whole(this.value) : -1;
        if (number < 0 || number > Integer.MAX_VALUE) {
            complain(Rejection.malformed(name, this.value, "a whole number from 0 to 2147483647"));
            return absent;
        }
        return (int) number;
    }

    private void complain(@Nullable Rejection rejection) {
        if (this.fault == null) {
            this.fault = rejection;
        }
    }

    @Override
    public void end() {
        TickGroup of = this.group;
        Rejection wrong = (of == null) ? symbolFault() : this.time.fault();
        if (wrong == null) {
            wrong = valueFault();
        }
        if (of == null || wrong != null) {
            refuse((wrong != null) ? wrong : symbolFault());
            return;
        }
        TimeText written = this.time.text();
        long shift = this.clock.shift(written);
        long utc = written.wallMillis() - shift;
        Rejection impossible = this.clock.judge(utc, shift, this.time.field());
        if (impossible != null) {
            refuse(impossible);
            return;
        }
        boolean added = of.add(utc, this.seq, this.bid.units(), this.ask.units(), this.last, this.volume, this.flags);
        this.sent.add(of, utc, !added, this.time);
    }

    private Rejection symbolFault() {
        String expected = "a symbol matching " + Instrument.SYMBOL_PATTERN;
        return (this.strangeSymbol == null) ? Rejection.missing("symbol", expected)
                : Rejection.outOfRange("symbol", '"' + this.strangeSymbol + '"', expected);
    }

    private @Nullable Rejection valueFault() {
        Rejection wrong = this.bid.fault();
        if (wrong == null) {
            wrong = this.ask.fault();
        }
        return (wrong != null) ? wrong : this.fault;
    }

    private void refuse(Rejection rejection) {
        TickGroup of = this.group;
        this.sent.refuse((of != null) ? of.instrument().symbol() : this.strangeSymbol, this.time, rejection);
    }

    @Override
    public void endOfOther(String shown) {
        begin();
        this.sent.refuse(null, this.time,
                new Rejection("", "the item is " + shown, "an object", Rejection.Kind.MALFORMED));
    }

}
