package pregao.devcluster.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Timeframe;

/**
 * The M1 candles that a replay is to lead to, by a file.
 */
public final class CandleVerifier {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client;

    private final URI base;

    private final String apiKey;

    private final Path file;

    /**
     * An expectation.
     * @param client speaks HTTP
     * @param base where the services are
     * @param apiKey of the feed, with the scope to read
     * @param file M1 candles of the symbol
     */
    public CandleVerifier(HttpClient client, URI base, String apiKey, Path file) {
        this.client = client;
        this.base = base;
        this.apiKey = apiKey;
        this.file = file;
    }

    /**
     * Compares what is stored between two times with the file, again and again until they
     * agree or nothing has changed for long enough.
     * @param feed the feed
     * @param symbol the symbol
     * @param from inclusive, on a minute
     * @param to exclusive, on a minute
     * @param patience how long without a change
     * @return the last comparison
     * @throws IOException where the file cannot be read, or the service cannot be asked
     * @throws InterruptedException where the thread is to stop
     */
    public CandleDiff await(String feed, String symbol, Instant from, Instant to, Duration patience)
            throws IOException, InterruptedException {
        @Nullable CandleDiff last = null;
        long changed = System.nanoTime();
        while (true) {
            @Nullable IOException problem = null;
            try {
                CandleDiff now = compare(feed, symbol, from, to);
                if (now.agrees()) {
                    return now;
                }
                if (!Objects.equals(now, last)) {
                    changed = System.nanoTime();
                }
                last = now;
            }
            catch (UncheckedIOException ex) {
                problem = ex.getCause();
            }
            if (System.nanoTime() - changed > patience.toNanos()) {
                if (last != null) {
                    return last;
                }
                throw Objects.requireNonNull(problem);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private CandleDiff compare(String feed, String symbol, Instant from, Instant to) throws IOException {
        String query = MarketDataClient.query(feed, symbol, Timeframe.M1.name(), from, to);
        try (CsvTickFile expected = CsvTickFile.open(this.file, symbol, Timeframe.M1, null)) {
            if (expected.route() != IngestEndpoint.CANDLES) {
                throw new UnreadableFileException(this.file + " has no candles");
            }
            Iterator<CsvRow> within = new FilteringIterator(expected,
                    (row) -> row.time() >= from.toEpochMilli() && row.time() < to.toEpochMilli());
            return CandleDiff.of(new ExpectedCandles(within),
                    new StoredCandles(new MarketDataClient(this.client, this.base, this.apiKey, query)));
        }
    }

    private record StoredCandles(Iterator<JsonNode> json) implements Iterator<OhlcRow> {

        @Override
        public boolean hasNext() {
            return this.json.hasNext();
        }

        @Override
        public OhlcRow next() {
            return OhlcRow.of(this.json.next());
        }

    }

    private record ExpectedCandles(Iterator<CsvRow> rows) implements Iterator<OhlcRow> {

        @Override
        public boolean hasNext() {
            return this.rows.hasNext();
        }

        @Override
        public OhlcRow next() {
            return OhlcRow.of(JSON.readTree(this.rows.next().json()));
        }

    }

}
