package pregao.strategy.backtest;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores the reports and trades of backtests. They are deleted together with their job.
 */
@Component
class BacktestReportRepository {

    private static final int BATCH_SIZE = 5_000;

    private static final String INSERT_REPORT = """
            insert into strategy.backtest_report (job, report, sha256)
            values (:job, cast(:report as json), :sha256)""";

    private static final String INSERT_TRADES = """
            insert into strategy.backtest_trade (job, number, trade)
            select :job, :first + n - 1, trade::json from unnest(cast(:trades as text[])) with ordinality as t (trade, n)""";

    private static final String SELECT_TRADES = """
            select t.trade from strategy.backtest_trade t join strategy.job j on j.id = t.job
            where t.job = :job and j.person = :person and t.number > :after order by t.number limit :limit""";

    private static final String SELECT_REPORT = """
            select r.report, r.sha256 from strategy.backtest_report r join strategy.job j on j.id = r.job
            where r.job = :job and j.person = :person and j.state = 'done'""";

    private final JdbcClient database;

    BacktestReportRepository(JdbcClient database) {
        this.database = database;
    }

    /** Saves a report and replaces what a failed replica may have left behind. */
    @Transactional
    public void save(UUID jobId, String report, String sha256, List<String> trades) {
        boolean jobExists = this.database.sql("select id from strategy.job where id = :job for key share")
            .param("job", jobId)
            .query(UUID.class)
            .optional()
            .isPresent();
        if (!jobExists) {
            return; // the job was deleted
        }
        this.database.sql("delete from strategy.backtest_report where job = :job").param("job", jobId).update();
        this.database.sql("delete from strategy.backtest_trade where job = :job").param("job", jobId).update();
        this.database.sql(INSERT_REPORT).param("job", jobId).param("report", report).param("sha256", sha256).update();
        for (int first = 0; first < trades.size(); first += BATCH_SIZE) {
            this.database.sql(INSERT_TRADES)
                .param("job", jobId)
                .param("first", first)
                .param("trades",
                        trades.subList(first, Math.min(trades.size(), first + BATCH_SIZE)).toArray(String[]::new))
                .update();
        }
    }

    /** Finds the report of a finished job. */
    Optional<StoredReport> find(UUID jobId, UUID userId) {
        return this.database.sql(SELECT_REPORT)
            .param("job", jobId)
            .param("person", userId)
            .query((row, rowNumber) -> new StoredReport(row.getString(1), row.getString(2)))
            .optional();
    }

    /** Finds the trades after a trade number. The first trade has number 0. */
    List<String> findTrades(UUID jobId, UUID userId, int afterNumber, int limit) {
        return this.database.sql(SELECT_TRADES)
            .param("job", jobId)
            .param("person", userId)
            .param("after", afterNumber)
            .param("limit", limit)
            .query((row, rowNumber) -> String.valueOf(row.getString(1)))
            .list();
    }

    /**
     * A stored report.
     *
     * @param text the JSON, byte for byte
     * @param sha256 the SHA-256 of the text, in hexadecimal
     */
    record StoredReport(String text, String sha256) {

    }

}
