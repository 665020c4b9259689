package pregao.benchmark.load;

import java.io.IOException;
import java.io.StringReader;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The limit: the same number of candles by COPY into a table like {@code market.candle},
 * at once and in a transaction a batch.
 */
final class CopyBaseline {

    private static final double NANOS_A_SECOND = 1e9;

    private final Options options;

    CopyBaseline(Options options) {
        this.options = options;
    }

    /**
     * Copies everything twice into a schema of its own, which is dropped again.
     */
    Rates measure() throws SQLException, IOException {
        long rows = (long) this.options.requests() * this.options.batch();
        try (java.sql.Connection database = DriverManager.getConnection(this.options.database(), this.options.user(),
                this.options.password()); Statement statement = database.createStatement()) {
            statement.execute("drop schema if exists load cascade");
            statement.execute("create schema load");
            try {
                CopyManager copy = database.unwrap(PGConnection.class).getCopyAPI();
                statement.execute("create table load.candle (like market.candle including all)");
                double batches = rate(copy, rows, this.options.batch());
                statement.execute("truncate load.candle");
                double whole = rate(copy, rows, rows);
                return new Rates(whole, batches);
            }
            finally {
                statement.execute("drop schema load cascade");
            }
        }
    }

    private double rate(CopyManager copy, long rows, long batch) throws SQLException, IOException {
        String[] texts = new String[(int) (rows / batch)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(i * batch, batch);
        }
        long start = System.nanoTime();
        for (String text : texts) {
            copy.copyIn("copy load.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source, final,"
                    + " rank, revision) from stdin", new StringReader(text));
        }
        return rows / ((System.nanoTime() - start) / NANOS_A_SECOND);
    }

    private String text(long first, long count) {
        int symbols = this.options.symbols().size();
        Instant start = Instant.parse(this.options.from());
        StringBuilder text = new StringBuilder();
        for (long at = first; at < first + count; at++) {
            text.append("load\t")
                .append(this.options.symbols().get((int) (at % symbols)))
                .append("\tM1\t")
                .append(start.plusSeconds(at / symbols * 60))
                .append("\t1.0850")
                .append(at % 10)
                .append("\t1.08512\t1.08499\t1.0850")
                .append(at % 7)
                .append("\t137\tgiven\tt\t4\t1\n");
        }
        return text.toString();
    }

    /**
     * Rows a second.
     *
     * @param whole by one COPY of everything
     * @param batches by one COPY and one commit a batch
     */
    record Rates(double whole, double batches) {
    }

}
