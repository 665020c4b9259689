package pregao.ingest.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.ingest.instrument.FeedInstruments;

/**
 * Candles of a request, each judged on its own.
 */
public final class CandleParser implements ItemHandler {

    /** A candle that ends this soon counts as ended: clocks are not that equal. */
    private static final long EARLY_END = 2000;

    private final TimestampResolver clock;

    private final TimeOrder order;

    private final FeedInstruments known;

    private final CurrentInstrument current;

    private final List<ParsedCandle> sent = new ArrayList<>();

    private final Map<String, Instrument> instruments = new HashMap<>();

    private final JsonValueSlice value = new JsonValueSlice();

    private final TimestampField time = new TimestampField();

    private final CandleFieldParser numbers = new CandleFieldParser();

    private final CollectionTime collectedAt = new CollectionTime();

    private @Nullable String symbol;

    private @Nullable String timeframe;

    private String timeframeField = "timeframe";

    private @Nullable Boolean complete;

    private @Nullable Rejection fault;

    private CandleParser(TimestampResolver clock, TimeOrder order, FeedInstruments feedInstruments) {
        this.clock = clock;
        this.order = order;
        this.known = feedInstruments;
        this.current = new CurrentInstrument(feedInstruments);
    }

    /**
     * Reads a body.
     * @param body the JSON
     * @param clock what the request's times mean
     * @param instruments of the caller's feed
     * @param mostItems how many items the body may have
     * @return its items in their order
     * @throws MalformedBodyException where items cannot be told from each other
     * @throws TooManyItemsException where there are too many
     */
    public static List<ParsedCandle> read(BodyDecoder body, TimestampResolver clock, FeedInstruments instruments,
            int mostItems) throws MalformedBodyException, TooManyItemsException {
        TimeOrder order = new TimeOrder(clock.now());
        CandleParser reader = pass(body, clock, order, instruments, mostItems);
        return List.copyOf((order.canDecideMore() ? pass(body, clock, order, instruments, mostItems) : reader).sent);
    }

    private static CandleParser pass(BodyDecoder body, TimestampResolver clock, TimeOrder order,
            FeedInstruments instruments, int mostItems) throws MalformedBodyException, TooManyItemsException {
        return ItemStreamParser.read(body, mostItems, () -> {
            order.begin();
            return new CandleParser(clock, order, instruments);
        });
    }

    /**
     * Up to when buckets have ended.
     * @param clock of the request
     * @return a bucket whose end is not after this has ended, epoch milliseconds
     */
    public static long endedBy(TimestampResolver clock) {
        return clock.now() + EARLY_END;
    }

    @Override
    public void onItemStart() {
        this.time.clear();
        this.numbers.clear();
        this.collectedAt.clear();
        this.symbol = null;
        this.timeframe = null;
        this.complete = null;
        this.fault = null;
    }

    @Override
    public boolean onField(String name, JsonParser parser) {
        switch (name) {
            case "symbol" -> {
                this.value.look(parser);
                this.symbol = text(name, this.value);
            }
            case "timeframe", "period" -> {
                this.value.look(parser);
                takeTimeframe(name, this.value);
            }
            case "final", "complete" -> {
                this.value.look(parser);
                takeFinal(name, this.value);
            }
            case "ts", "time", "ts_msc", "time_msc", "timestamp", "time_iso" -> {
                this.value.look(parser);
                this.time.take(name, this.value);
            }
            case "meta" -> {
                this.collectedAt.take(parser, this.value);
                return false; // it alone makes no item
            }
            default -> {
                return this.numbers.take(name, parser, this.value);
            }
        }
        return true;
    }

    private void takeTimeframe(String name, JsonValueSlice text) {
        this.timeframe = text.isNumber() ? text.toString() : text(name, text);
        this.timeframeField = name;
    }

    @Override
    public boolean inherits(String name) {
        return switch (name) {
            case "symbol", "timeframe", "period", "final", "complete", "ts", "time", "ts_msc", "time_msc", "timestamp",
                    "time_iso", "digits", "spread_unit" ->
                true;
            default -> false;
        };
    }

    @Override
    public void inherit(String name, JsonValueSlice outer) {
        switch (name) {
            case "symbol" -> this.symbol = (this.symbol == null) ? text(name, outer) : this.symbol;
            case "timeframe", "period" -> {
                if (this.timeframe == null) {
                    takeTimeframe(name, outer);
                }
            }
            case "final", "complete" -> {
                if (this.complete == null) {
                    takeFinal(name, outer);
                }
            }
            case "digits", "spread_unit" -> this.numbers.inherit(name, outer);
            default -> {
                if (this.time.isMissing()) {
                    this.time.take(name, outer);
                }
            }
        }
    }

    private @Nullable String text(String name, JsonValueSlice text) {
        if (text.isString()) {
            return text.toString();
        }
        if (!text.isNull()) {
            recordError(Rejection.malformed(name, text, "a string"));
        }
        return null;
    }

    private void takeFinal(String name, JsonValueSlice text) {
        if (text.isNull()) {
            return;
        }
        this.complete = text.asBoolean();
        if (this.complete == null) {
            recordError(Rejection.malformed(name, text, "true or false"));
        }
    }

    private void recordError(@Nullable Rejection rejection) {
        if (this.fault == null) {
            this.fault = rejection;
        }
    }

    @Override
    public void onItemEnd() {
        Instrument instrument = instrument();
        Timeframe frame = frame();
        recordError(this.time.fault());
        Long bucket = null;
        if (frame != null && this.time.isReadable()) {
            recordError(this.time.contradiction(this.clock));
            bucket = bucket(frame);
        }
        recordError(this.numbers.fault((frame != null) ? frame.minutes() : 1));
        if (this.fault == null && instrument != null && !this.current.admit(instrument)) {
            recordError(SymbolRule.full(this.known, '"' + instrument.symbol() + '"'));
        }
        if (this.fault != null || instrument == null || frame == null || bucket == null) {
            reject(bucket);
            return;
        }
        this.current.learnDigits(this.numbers.digits());
        long end = this.clock.grid().bucketEnd(frame, bucket);
        boolean ended = end <= endedBy(this.clock);
        Long collected = this.collectedAt.millis(this.clock);
        boolean early = collected != null && collected < end;
        boolean marked = (this.complete != null) ? this.complete : collected != null;
        this.sent.add(new ParsedCandle.Valid(this.time.originalText(),
                new Candle(instrument, frame, bucket, this.numbers.open(), this.numbers.high(), this.numbers.low(),
                        this.numbers.close(), this.numbers.volume(), this.numbers.spread(this.current.digits()),
                        CandleSource.GIVEN, ended && marked && !early, 0),
                !ended || early));
    }

    private @Nullable Instrument instrument() {
        if (this.symbol == null) {
            recordError(Rejection.missing("symbol", SymbolRule.EXPECTED));
            return null;
        }
        Instrument seen = this.instruments.get(this.symbol);
        if (seen != null) {
            return seen;
        }
        String canonical = Instrument.symbolOf(this.symbol).orElse(null);
        if (canonical == null) {
            recordError(SymbolRule.strange(this.value.of(this.symbol)));
            return null;
        }
        Instrument instrument = new Instrument(this.known.feed(), canonical);
        this.instruments.put(this.symbol, instrument);
        return instrument;
    }

    private @Nullable Timeframe frame() {
        if (this.timeframe == null) {
            recordError(Rejection.missing("timeframe", TimeframeParser.EXPECTED));
            return null;
        }
        Timeframe frame = TimeframeParser.timeframe(this.timeframe).orElse(null);
        if (frame == null) {
            recordError(TimeframeParser.fault(this.timeframe, this.timeframeField));
        }
        return frame;
    }

    /**
     * Returns the start of the bucket of the item's time.
     */
    private @Nullable Long bucket(Timeframe frame) {
        TimestampParser written = this.time.text();
        long shift = this.clock.offsetMillis(written);
        long utc = written.wallMillis() - shift;
        if (this.clock.isVariable()) {
            utc = ItemTimestamp.of(this.clock, written, this.order.series(this.symbol + '|' + frame, frame.millis()));
        }
        Rejection wrong = ItemTimestamp.fault(this.clock, written, utc, this.time.field());
        recordError(wrong);
        if (utc == TimeOrder.UNKNOWN) {
            return null;
        }
        recordError(BucketStart.judge(this.clock.grid(), frame, utc, this.time.field()));
        return this.clock.grid().bucketStart(frame, utc);
    }

    @Override
    public void onNonObject(String shown) {
        onItemStart();
        recordError(new Rejection("", "the item is " + shown, "an object", Rejection.Kind.MALFORMED));
        reject(null);
    }

    private void reject(@Nullable Long bucket) {
        if (this.fault == null) {
            throw new IllegalStateException("a refused item has a fault");
        }
        this.sent.add(new ParsedCandle.Rejected(Rejection.quoteOrNull(this.symbol),
                Rejection.quoteOrNull(this.timeframe), this.time.originalText(), bucket, this.fault));
    }

}
