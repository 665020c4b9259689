package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.PriceBasis;
import pregao.contracts.Volumes;
import pregao.contracts.feed.Feed;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Ticks of a request, each judged on its own, straight into columns.
 */
public final class TickParser implements ItemHandler {

    private final TimestampResolver clock;

    private final TimeOrder order;

    private final FeedInstruments instruments;

    private final boolean tradesCount;

    private final ParsedTicks sent = new ParsedTicks();

    private final InstrumentTicksIndex groups;

    private final JsonValueSlice value = new JsonValueSlice();

    private final TimestampField time = new TimestampField();

    private final PriceParser bid = new PriceParser("bid");

    private final PriceParser ask = new PriceParser("ask");

    private @Nullable InstrumentTicks group;

    private @Nullable Rejection strangeSymbol;

    private @Nullable String shownSymbol;

    private long last;

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private int flags;

    private int seq;

    private int digits;

    private @Nullable Rejection fault;

    private TickParser(Feed feed, TimestampResolver clock, TimeOrder order, FeedInstruments instruments) {
        this.clock = clock;
        this.order = order;
        this.instruments = instruments;
        this.tradesCount = feed.basis() == PriceBasis.LAST;
        this.groups = new InstrumentTicksIndex(instruments, this.sent);
    }

    /**
     * Reads a body.
     * @param body the JSON
     * @param feed the caller's feed
     * @param clock what the request's times mean
     * @param instruments of the feed
     * @param mostItems how many items the body may have
     * @return its items in their order
     * @throws MalformedBodyException where items cannot be told from each other
     * @throws TooManyItemsException where there are too many
     */
    public static ParsedTicks read(BodyDecoder body, Feed feed, TimestampResolver clock, FeedInstruments instruments,
            int mostItems) throws MalformedBodyException, TooManyItemsException {
        TimeOrder order = new TimeOrder(clock.now());
        TickParser reader = pass(body, feed, clock, order, instruments, mostItems);
        return (order.canDecideMore() ? pass(body, feed, clock, order, instruments, mostItems) : reader).sent;
    }

    private static TickParser pass(BodyDecoder body, Feed feed, TimestampResolver clock, TimeOrder order,
            FeedInstruments instruments, int mostItems) throws MalformedBodyException, TooManyItemsException {
        return ItemStreamParser.read(body, mostItems, () -> {
            order.begin();
            return new TickParser(feed, clock, order, instruments);
        });
    }

    @Override
    public void onItemStart() {
        this.time.clear();
        this.bid.clear();
        this.ask.clear();
        this.group = null;
        this.strangeSymbol = null;
        this.shownSymbol = null;
        this.last = 0;
        this.volume = BigDecimal.ZERO;
        this.volumeRank = 0;
        this.flags = 0;
        this.seq = -1;
        this.digits = FeedInstruments.UNKNOWN_DIGITS;
        this.fault = null;
    }

    @Override
    public boolean onField(String name, JsonParser parser) {
        switch (name) {
            case "symbol" -> {
                this.value.look(parser);
                takeSymbol(this.value);
            }
            case "ts", "time", "ts_msc", "time_msc", "timestamp", "time_iso" -> {
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
            case "digits" -> takeDigits(parser);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean inherits(String name) {
        return switch (name) {
            case "symbol", "ts", "time", "ts_msc", "time_msc", "timestamp", "time_iso" -> true;
            default -> false;
        };
    }

    @Override
    public void inherit(String name, JsonValueSlice outer) {
        if (!name.equals("symbol")) {
            if (this.time.isMissing()) {
                this.time.take(name, outer);
            }
        }
        else if (this.group == null && this.strangeSymbol == null) {
            takeSymbol(outer);
        }
    }

    private void takeSymbol(JsonValueSlice text) {
        this.group = null;
        if (text.isString()) {
            this.group = this.groups.find(text);
        }
        boolean strange = this.group == null && !text.isNull();
        this.shownSymbol = strange ? text.isString() ? Rejection.quote(text.toString()) : text.shown() : null;
        this.strangeSymbol = strange ? (text.isString() && this.groups.isFull())
                ? SymbolRule.full(this.instruments, text.shown()) : SymbolRule.strange(text) : null;
    }

    private void takeLast(JsonParser parser) {
        boolean readable = this.value.look(parser);
        if (this.value.isNull()) {
            return;
        }
        this.last = readable ? FixedPointParser.units(this.value) : FixedPointParser.NOT_A_NUMBER;
        if (this.last < 0) {
            recordError(Rejection.malformed("last", this.value, "0 or " + PriceParser.EXPECTED));
        }
    }

    private void takeVolume(int rank, String name, JsonParser parser) {
        boolean readable = this.value.look(parser);
        if (this.value.isNull() || rank < this.volumeRank) {
            return;
        }
        BigDecimal read = readable ? FixedPointParser.volume(this.value) : null;
        if (read == null || !Volumes.fits(read, 1)) {
            recordError((read == null) ? Rejection.malformed(name, this.value, CandleFieldParser.VOLUME)
                    : Rejection.outOfRange(name, this.value.shown(), CandleFieldParser.VOLUME));
            return;
        }
        this.volume = read;
        this.volumeRank = rank;
    }

    /** A tick needs no digits, so the first of an instrument say enough. */
    private void takeDigits(JsonParser parser) {
        InstrumentTicks target = this.group;
        if (target != null && target.knowsDigits()) {
            parser.skipChildren();
            return;
        }
        boolean readable = this.value.look(parser);
        long number = readable ? FixedPointParser.whole(this.value) : FixedPointParser.NOT_A_NUMBER;
        this.digits = (number < 0 || number > Integer.MAX_VALUE) ? FeedInstruments.UNKNOWN_DIGITS : (int) number;
    }

    private int whole(String name, JsonParser parser, int absent) {
        boolean readable = this.value.look(parser);
        if (this.value.isNull()) {
            return absent;
        }
        long number = readable ? FixedPointParser.whole(this.value) : -1;
        if (number < 0 || number > Integer.MAX_VALUE) {
            recordError(Rejection.malformed(name, this.value, "a whole number from 0 to 2147483647"));
            return absent;
        }
        return (int) number;
    }

    private void recordError(@Nullable Rejection rejection) {
        if (this.fault == null) {
            this.fault = rejection;
        }
    }

    @Override
    public void onItemEnd() {
        InstrumentTicks target = this.group;
        if (target == null) {
            Rejection strange = this.strangeSymbol;
            reject((strange != null) ? strange : Rejection.missing("symbol", SymbolRule.EXPECTED));
            return;
        }
        Rejection wrong = this.time.fault();
        if (wrong == null) {
            wrong = valueFault();
        }
        if (wrong == null) {
            wrong = this.time.contradiction(this.clock);
        }
        if (wrong != null) {
            reject(wrong);
            return;
        }
        add(target);
    }

    private void add(InstrumentTicks target) {
        TimestampParser written = this.time.text();
        long utc = written.wallMillis() - this.clock.offsetMillis(written);
        if (this.clock.isVariable()) {
            utc = ItemTimestamp.of(this.clock, written, target.order(this.order));
        }
        Rejection wrong = ItemTimestamp.fault(this.clock, written, utc, this.time.field());
        if (wrong == null && !target.isAdmitted()) {
            wrong = admit(target);
        }
        if (wrong != null) {
            reject(wrong);
            return;
        }
        if (this.digits >= 0) {
            this.instruments.learnDigits(target.instrument().symbol(), this.digits);
            target.learnDigits();
        }
        boolean added = target.add(utc, this.seq, this.bid.unitsOrUnknown(), this.ask.unitsOrUnknown(), this.last,
                this.volume, this.flags);
        this.sent.add(target, utc, !added, this.time);
    }

    private @Nullable Rejection admit(InstrumentTicks target) {
        if (!this.instruments.admit(target.instrument().symbol())) {
            return SymbolRule.full(this.instruments, '"' + target.instrument().symbol() + '"');
        }
        target.admit();
        return null;
    }

    /** Where trades make candles, one counts also where nobody quotes a side. */
    private @Nullable Rejection valueFault() {
        boolean trade = this.tradesCount && this.last > 0;
        Rejection wrong = (trade && this.bid.isUnknown()) ? null : this.bid.fault();
        if (wrong == null && !(trade && this.ask.isUnknown())) {
            wrong = this.ask.fault();
        }
        return (wrong != null) ? wrong : this.fault;
    }

    private void reject(Rejection rejection) {
        InstrumentTicks target = this.group;
        this.sent.refuse((target != null) ? target.instrument().symbol() : this.shownSymbol, this.time, rejection);
    }

    @Override
    public void onNonObject(String shown) {
        onItemStart();
        this.sent.refuse(null, this.time,
                new Rejection("", "the item is " + shown, "an object", Rejection.Kind.MALFORMED));
    }

}
