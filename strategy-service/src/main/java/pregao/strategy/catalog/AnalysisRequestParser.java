package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.catalog.CatalogConfig;
import pregao.market.catalog.Ranking;
import pregao.market.statistics.StakeProgression;
import pregao.strategy.catalog.pattern.EnumNames;
import pregao.strategy.catalog.pattern.PatternResponse;
import pregao.webapi.problem.FieldValidator;

/**
 * Reads a wish field by field; what is wrong is gathered and told at once.
 */
final class AnalysisRequestParser {

    static final int MOST_BLOCKS = 5_000;

    private static final int LEAST_SAMPLE = 30;

    private static final int TOP = 5;

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    private static final BigDecimal HIGHEST_PAYOUT = BigDecimal.TEN;

    private static final BigDecimal BANKROLL = new BigDecimal(100);

    private static final BigDecimal MOST_MONEY = new BigDecimal("1000000000");

    private static final int DIGITS = 20;

    private final FieldValidator fields = new FieldValidator();

    private final CreateAnalysisRequest wish;

    private final CatalogProperties limits;

    AnalysisRequestParser(CreateAnalysisRequest wish, CatalogProperties limits) {
        this.wish = wish;
        this.limits = limits;
    }

    /** What is gathered so far. */
    FieldValidator fields() {
        return this.fields;
    }

    /**
     * The instruments that are named.
     * @param ownFeed that of the token; may be empty
     * @return none where all of the feed are meant
     */
    Set<Instrument> named(String ownFeed) {
        Set<Instrument> named = new LinkedHashSet<>();
        String feed = feed(ownFeed);
        List<@Nullable String> symbols = Objects.requireNonNullElse(this.wish.symbols(), List.of());
        List<CreateAnalysisRequest.@Nullable InstrumentReference> others = Objects
            .requireNonNullElse(this.wish.instruments(), List.of());
        boolean few = symbols.size() + others.size() <= this.limits.maxInstruments();
        this.fields.require(few, symbols.isEmpty() ? "instruments" : "symbols",
                "at most %d instruments".formatted(this.limits.maxInstruments()));
        for (int i = 0; few && i < symbols.size(); i++) {
            add(named, feed, symbols.get(i), "symbols[%d]".formatted(i));
        }
        for (int i = 0; few && i < others.size(); i++) {
            CreateAnalysisRequest.InstrumentReference each = others.get(i);
            add(named, (each != null && each.feed() != null) ? each.feed() : feed,
                    (each != null) ? each.symbol() : null, "instruments[%d]".formatted(i));
        }
        return named;
    }

    /** The feed where only a symbol is said; empty for none. */
    String feed(String ownFeed) {
        String feed = Objects.requireNonNullElse(this.wish.feed(), ownFeed);
        this.fields.require(feed.isEmpty() || feed.matches(Instrument.FEED_PATTERN), "feed", Instrument.FEED_PATTERN);
        return feed;
    }

    private void add(Set<Instrument> named, String feed, @Nullable String symbol, String field) {
        String canonical = (symbol != null) ? Instrument.symbolOf(symbol).orElse(null) : null;
        this.fields.require(canonical != null, field, "a symbol, " + Instrument.SYMBOL_RULE);
        boolean fed = feed.matches(Instrument.FEED_PATTERN);
        this.fields.require(fed || !feed.isEmpty(), field, "a feed, because the token names none");
        this.fields.require(fed, field, "a feed, " + Instrument.FEED_PATTERN);
        if (canonical != null && fed) {
            named.add(new Instrument(feed, canonical));
        }
    }

    /**
     * The whole analysis.
     * @param instruments at least one
     * @param pattern which
     * @return null where anything is wrong
     */
    @Nullable Analysis analysis(List<Instrument> instruments, @Nullable PatternResponse pattern) {
        int blocks = number("blocks", this.wish.blocks(), CatalogConfig.BLOCKS, 1, MOST_BLOCKS);
        int gales = number("gales", this.wish.gales(), Math.min(2, this.limits.maxGales()), 0, this.limits.maxGales());
        List<Integer> hours = hours();
        String zone = zone();
        BigDecimal payout = money("payout", this.wish.payout(), PAYOUT, HIGHEST_PAYOUT);
        List<BigDecimal> stakes = stakes(payout, gales);
        BigDecimal bankroll = money("bankroll", this.wish.bankroll(), BANKROLL, MOST_MONEY);
        Ranking.Criterion by = EnumNames
            .one(Ranking.Criterion.values(), Objects.requireNonNullElse(this.wish.rankBy(), "rate"))
            .orElse(null);
        this.fields.require(by != null, "rank_by", EnumNames.all(Ranking.Criterion.values()));
        int least = number("least_sample", this.wish.leastSample(), Math.clamp(blocks / 2, 1, LEAST_SAMPLE), 1,
                MOST_BLOCKS);
        int top = number("top", this.wish.top(), TOP, 1, this.limits.maxInstruments());
        if (pattern == null || by == null) {
            return null;
        }
        Analysis analysis = new Analysis(instruments, pattern, blocks, gales, hours, zone, payout, stakes, bankroll, by,
                least, top);
        this.fields.require((long) analysis.stretch().candles() * instruments.size() <= this.limits.maxCandles(),
                "blocks", "fewer, or more hours or fewer instruments: at most %d candles in all"
                    .formatted(this.limits.maxCandles()));
        return analysis;
    }

    private int number(String field, @Nullable Integer given, int usual, int least, int most) {
        int number = Objects.requireNonNullElse(given, usual);
        boolean right = number >= least && number <= most;
        this.fields.require(right, field, "%d to %d".formatted(least, most));
        return right ? number : least;
    }

    private BigDecimal money(String field, @Nullable BigDecimal given, BigDecimal usual, BigDecimal bigDecimal) {
        BigDecimal money = Objects.requireNonNullElse(given, usual);
        boolean right = money.precision() <= DIGITS && Math.abs(money.scale()) <= DIGITS && money.signum() > 0
                && money.compareTo(bigDecimal) <= 0;
        this.fields.require(right, field, "above 0, at most " + bigDecimal.toPlainString());
        return right ? plain(money) : usual;
    }

    /** As the database gives it back. */
    private static BigDecimal plain(BigDecimal number) {
        return (number.scale() < 0) ? number.setScale(0) : number;
    }

    private @Nullable List<Integer> hours() {
        if (this.wish.hours() == null) {
            return null;
        }
        List<Integer> hours = new ArrayList<>();
        for (Integer hour : this.wish.hours()) {
            if (hour != null && hour >= 0 && hour <= 23) {
                hours.add(hour);
            }
        }
        List<Integer> counted = hours.stream().distinct().sorted().toList();
        boolean right = !counted.isEmpty() && hours.size() == this.wish.hours().size();
        this.fields.require(right, "hours", "hours from 0 to 23, or nothing for all of them");
        return right ? counted : null;
    }

    private String zone() {
        String zone = Objects.requireNonNullElse(this.wish.zone(), "UTC");
        try {
            return ZoneId.of(zone).getId();
        }
        catch (DateTimeException ex) {
            this.fields.require(false, "zone", "a time zone such as America/Sao_Paulo");
            return "UTC";
        }
    }

    private List<BigDecimal> stakes(BigDecimal payout, int gales) {
        this.fields.require(this.wish.stakes() == null || this.wish.factor() == null, "factor",
                "either stakes or factor");
        if (this.wish.stakes() == null) {
            BigDecimal factor = money("factor", this.wish.factor(), BigDecimal.TWO, BigDecimal.TEN);
            return StakeProgression.growing(payout, factor, gales).levels();
        }
        List<BigDecimal> stakes = new ArrayList<>();
        for (BigDecimal stake : this.wish.stakes()) {
            if (stake != null && stake.signum() > 0 && stake.precision() <= DIGITS && Math.abs(stake.scale()) <= DIGITS
                    && stake.compareTo(MOST_MONEY) <= 0) {
                stakes.add(plain(stake));
            }
        }
        boolean right = stakes.size() == gales + 1 && stakes.size() == this.wish.stakes().size()
                && stakes.getFirst().compareTo(BigDecimal.ONE) == 0;
        this.fields.require(right, "stakes", "%d stakes above 0, of which the first is 1".formatted(gales + 1));
        return right ? List.copyOf(stakes) : StakeProgression.growing(payout, BigDecimal.TWO, gales).levels();
    }

}
