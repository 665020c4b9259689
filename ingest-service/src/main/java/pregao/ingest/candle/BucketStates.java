package pregao.ingest.candle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.market.candle.CandleRank;
import pregao.market.candle.CandleState;
import pregao.market.candle.CandleVersion;

/**
 * Stored candle versions of several buckets: the current version and the candidates to
 * replace it.
 */
final class BucketStates {

    private static final String FIND = """
            select item, kind, release, rank, snapshot, revision, (extract(epoch from last_ts) * 1000)::bigint,
                (extract(epoch from closed_until) * 1000)::bigint, open, high, low, close, volume, spread, spread_unit,
                source
            from market.candle_versions($1, $2::text::text[], $3::text::text[], $4::text::timestamptz[])""";

    private final List<CandleBucket> buckets;

    private final Map<CandleBucket, Builder> builders = new HashMap<>();

    private BucketStates(List<CandleBucket> buckets) {
        this.buckets = buckets;
        buckets.forEach((bucket) -> this.builders.put(bucket, new Builder(bucket)));
    }

    /**
     * Reads the state of buckets.
     * @param connection the connection, in a transaction
     * @param buckets the buckets, all of one feed
     * @return the state of each bucket
     */
    static Mono<Map<CandleBucket, BucketState>> find(Connection connection, List<CandleBucket> buckets) {
        BucketStates states = new BucketStates(buckets);
        StringBuilder symbols = new StringBuilder();
        StringBuilder timeframes = new StringBuilder();
        StringBuilder times = new StringBuilder();
        for (CandleBucket bucket : buckets) {
            char separator = symbols.isEmpty() ? '{' : ',';
            symbols.append(separator).append('"').append(bucket.instrument().symbol()).append('"');
            timeframes.append(separator).append(bucket.timeframe().name());
            times.append(separator).append(Instant.ofEpochMilli(bucket.openTime()));
        }
        var statement = connection.createStatement(FIND)
            .bind(0, buckets.getFirst().instrument().feed())
            .bind(1, symbols.append('}').toString())
            .bind(2, timeframes.append('}').toString())
            .bind(3, times.append('}').toString());
        return Flux.from(statement.execute())
            .concatMap((result) -> result.map(states::addRow))
            .then(Mono.fromSupplier(states::build));
    }

    private boolean addRow(Readable row) {
        CandleBucket bucket = this.buckets.get(getRequired(row, 0, Integer.class) - 1);
        Objects.requireNonNull(this.builders.get(bucket)).addRow(row);
        return true;
    }

    private Map<CandleBucket, BucketState> build() {
        Map<CandleBucket, BucketState> states = new HashMap<>();
        this.builders.forEach((bucket, builder) -> states.put(bucket, builder.build()));
        return states;
    }

    private static <T> T getRequired(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), "column " + column);
    }

    /**
     * State of a bucket, with what determines whether its candle has a successor.
     *
     * @param state the current version and the candidates
     * @param lastProvided the open time of the latest provided candle of the series,
     * epoch milliseconds, or null
     * @param closedUntil the time up to which the aggregator has closed the buckets of an
     * instrument with ticks, epoch milliseconds, or null
     */
    record BucketState(CandleState state, @Nullable Long lastProvided, @Nullable Long closedUntil) {
    }

    /**
     * Builder of the state of one bucket from its rows.
     */
    private static final class Builder {

        private final CandleBucket bucket;

        private @Nullable Long lastProvided;

        private @Nullable Long closedUntil;

        private @Nullable CandleVersion provided;

        private @Nullable CandleVersion built;

        private @Nullable CandleVersion standing;

        private final List<CandleVersion> chosen = new ArrayList<>();

        private int revision;

        Builder(CandleBucket bucket) {
            this.bucket = bucket;
        }

        void addRow(Readable row) {
            this.lastProvided = row.get(6, Long.class);
            this.closedUntil = row.get(7, Long.class);
            String kind = row.get(1, String.class);
            if (kind == null) {
                return;
            }
            this.revision = Math.max(this.revision, getRequired(row, 5, Integer.class));
            if (kind.equals("withdrawn")) {
                return;
            }
            CandleVersion version = readVersion(row);
            if (kind.equals("stands")) {
                this.standing = version;
            }
            if (version.rank().isProvided()) {
                this.provided = version;
            }
            else if (version.rank().isBuilt()) {
                this.built = version;
            }
            else if (kind.equals("released")) {
                this.chosen.add(version);
            }
        }

        private CandleVersion readVersion(Readable row) {
            BigDecimal spread = row.get(13, BigDecimal.class);
            CandleRank rank = CandleRank.of(getRequired(row, 3, Integer.class));
            Candle candle = new Candle(this.bucket.instrument(), this.bucket.timeframe(), this.bucket.openTime(),
                    getPrice(row, 8), getPrice(row, 9), getPrice(row, 10), getPrice(row, 11),
                    getRequired(row, 12, BigDecimal.class),
                    (spread != null) ? new Spread(Prices.of(spread), Spread.Unit.of(row.get(14, String.class))) : null,
                    CandleSource.of(getRequired(row, 15, String.class)), rank.isFinal(), 0);
            return new CandleVersion(candle, rank, getRequired(row, 4, Boolean.class), getRequired(row, 2, Long.class));
        }

        private static long getPrice(Readable row, int column) {
            return Prices.of(getRequired(row, column, BigDecimal.class));
        }

        BucketState build() {
            CandleVersion standingVersion = this.standing;
            if (this.chosen.isEmpty() && standingVersion != null && standingVersion.rank() == CandleRank.CHOSEN) {
                this.chosen.add(standingVersion);
            }
            return new BucketState(
                    new CandleState(this.provided, this.built, this.chosen, standingVersion, this.revision),
                    this.lastProvided, this.closedUntil);
        }

    }

}
