package pregao.ingest.ea;

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

/**
 * Candles of a request, each judged on its own.
 */
public final class CandleReader implements ItemReader {

    /** A candle that ends this soon counts as ended: clocks are not that equal. */
    private static final long EARLY_END = 2000;

    private final String feed;

    private final RequestClock clock;

    private final List<SentCandle> sent = new ArrayList<>();

    private final Map<String, Instrument> instruments = new HashMap<>();

    private final ValueText value = new ValueText();

    private final SentTime time = new SentTime();

    private final CandleNumbers numbers = new CandleNumbers();

    private final CollectedAt collectedAt = new CollectedAt();

    private @Nullable String symbol;

    private @Nullable String timeframe;

    private @Nullable Boolean complete;

    private @Nullable Rejection fault;

    private CandleReader(String feed, RequestClock clock) {
        this.feed = feed;
        this.clock = clock;
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
    public static List<SentCandle> read(BodyText body, String feed, RequestClock clock)
            throws UnreadableBody, TooManyItems {
        CandleReader reader = new CandleReader(feed, clock);
        Envelope.read(body, reader);
        return List.copyOf(reader.sent);
    }

    /**
     * Up to when buckets have ended.
     * @param clock of the request
     * @return a bucket whose end is not after this has ended, epoch milliseconds
     */
    public static long endedBy(RequestClock clock) {
        return clock.now() + EARLY_END;
    }

    @Override
    public void begin() {
        this.time.clear();
        this.numbers.clear();
        this.collectedAt.clear();
        this.symbol = null;
        this.timeframe = null;
        this.complete = null;
        this.fault = null;
    }

    @Override
    public boolean take(String name, JsonParser parser) {
        switch (name) {
            case "symbol" -> this.symbol = text(name, parser);
            case "timeframe" -> this.timeframe = text(name, parser);
            case "ts", "time", "ts_msc", "time_msc" -> {
                this.value.look(parser);
                this.time.take(name, this.value);
            }
            case "final", "complete" -> takeFinal(name, parser);
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

    private @Nullable String text(String name, JsonParser parser) {
        this.value.look(parser);
        if (this.value.isString()) {
            return this.value.toString();
        }
        if (!this.value.isNull()) {
            complain(Rejection.malformed(name, this.value, "a string"));
        }
        return null;
    }

    private void takeFinal(String name, JsonParser parser) {
        this.value.look(parser);
        if (this.value.isNull()) {
            return;
        }
        this.complete = this.value.asBoolean();
        if (this.complete == null) {
            complain(Rejection.malformed(name, this.value, "true or false"));
        }
    }

    private void complain(@Nullable Rejection rejection) {
        if (this.fault == null) {
            this.fault = rejection;
        }
    }

    @Override
    public void end() {
        Instrument instrument = instrument();
        Timeframe frame = frame();
        complain(this.time.fault());
        Long bucket = null;
        if (frame != null && this.time.isReadable()) {
            bucket = bucket(frame);
        }
        complain(this.numbers.fault());
        if (this.fault != null || instrument == null || frame == null || bucket == null) {
            refuse(bucket);
            return;
        }
        long end = this.clock.grid().bucketEnd(frame, bucket);
        boolean ended = end <= endedBy(this.clock);
        Long collected = this.collectedAt.millis(this.clock);
        boolean early = collected != null && collected < end;
        boolean marked = (this.complete != null) ? this.complete : collected != null;
        this.sent.add(new SentCandle.Sound(this.time.originalText(),
                new Candle(instrument, frame, bucket, this.numbers.open(), this.numbers.high(), this.numbers.low(),
                        this.numbers.close(), this.numbers.volume(), this.numbers.spread(), CandleSource.GIVEN,
                        ended && marked && !early, 0),
                !ended || early));
    }

    private @Nullable Instrument instrument() {
        String expected = "a symbol matching " + Instrument.SYMBOL_PATTERN;
        if (this.symbol == null) {
            complain(Rejection.missing("symbol", expected));
            return null;
        }
        Instrument known = this.instruments.get(this.symbol);
        if (known != null) {
            return known;
        }
        if (!Instrument.isSymbol(this.symbol)) {
            complain(Rejection.outOfRange("symbol", '"' + this.symbol + '"', expected));
            return null;
        }
        Instrument instrument = new Instrument(this.feed, this.symbol);
        this.instruments.put(this.symbol, instrument);
        return instrument;
    }

    private @Nullable Timeframe frame() {
        String expected = "one of M1, M5, M15, M30, H1, H4, D1";
        if (this.timeframe == null) {
            complain(Rejection.missing("timeframe", expected));
            return null;
        }
        Timeframe frame = Timeframe.named(this.timeframe).orElse(null);
        if (frame == null) {
            complain(Rejection.outOfRange("timeframe", '"' + this.timeframe + '"', expected));
        }
        return frame;
    }

    /**
     * Returns the start of the bucket of the item's time.
     */
    private long bucket(Timeframe frame) {
        TimeText written = this.time.text();
        long shift = this.clock.shift(written);
        long utc = written.wallMillis() - shift;
        complain(this.clock.judge(utc, shift, this.time.field()));
        complain(BucketStart.judge(this.clock.grid(), frame, utc, this.time.field()));
        return this.clock.grid().bucketStart(frame, utc);
    }

    @Override
    public void endOfOther(String shown) {
        begin();
        complain(new Rejection("", "the item is " + shown, "an object", Rejection.Kind.MALFORMED));
        refuse(null);
    }

    private void refuse(@Nullable Long bucket) {
        if (this.fault == null) {
            throw new IllegalStateException("a refused item has a fault");
        }
        this.sent.add(new SentCandle.Refused(cut(this.symbol), cut(this.timeframe), this.time.originalText(), bucket,
                this.fault));
    }

    private static @Nullable String cut(@Nullable String text) {
        return (text != null) ? Rejection.quote(text) : null;
    }

}
