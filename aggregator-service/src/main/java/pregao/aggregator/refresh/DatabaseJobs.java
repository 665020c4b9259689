package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of the database's background jobs, as read last. An alert reads
 * {@code pregao_database_jobs_failing}.
 */
final class DatabaseJobs {

    private static final Logger log = LoggerFactory.getLogger(DatabaseJobs.class);

    /**
     * For a continuous aggregate, the view of jobs names the materialization hypertable.
     */
    private static final String SELECT_JOBS = """
            select j.job_id, j.proc_name, coalesce(c.view_name, j.hypertable_name, ''), case
                when s.last_run_status = 'Failed' then 'failed'
                when j.scheduled and coalesce(s.next_start, j.next_start) < now() - interval '10 minutes'
                  and coalesce(s.job_status, '') <> 'Running' then 'overdue'
                else 'well' end,
              coalesce(s.total_failures, 0), e.err_message
            from timescaledb_information.jobs j
            left join timescaledb_information.job_stats s using (job_id)
            left join timescaledb_information.continuous_aggregates c
              on c.materialization_hypertable_schema = j.hypertable_schema
                and c.materialization_hypertable_name = j.hypertable_name
            left join lateral (
              select err_message from timescaledb_information.job_errors e
              where e.job_id = j.job_id order by e.start_time desc limit 1) e on true
            where 'market' in (j.hypertable_schema, j.proc_schema, c.view_schema)
            order by j.job_id""";

    private volatile List<DatabaseJob> jobs = List.of();

    DatabaseJobs(MeterRegistry registry) {
        Gauge.builder("pregao.database.jobs.failing", this, (jobs) -> jobs.findFailing().size())
            .description("background jobs of the database whose last run failed, or that do not begin")
            .register(registry);
        Gauge.builder("pregao.database.jobs.failures", this, DatabaseJobs::countFailures)
            .description("failed runs of the background jobs of the database, ever")
            .register(registry);
    }

    /**
     * Reads the states of the jobs.
     * @param connection a connection of the role that owns the jobs
     */
    void read(Connection connection) throws SQLException {
        List<DatabaseJob> loadedJobs = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(SELECT_JOBS)) {
            while (row.next()) {
                loadedJobs.add(new DatabaseJob(row.getInt(1), row.getString(2), row.getString(3),
                        DatabaseJob.State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)), row.getLong(5),
                        row.getString(6)));
            }
        }
        List<DatabaseJob> previouslyFailing = findFailing();
        this.jobs = List.copyOf(loadedJobs);
        findFailing().stream()
            .filter((job) -> previouslyFailing.stream().noneMatch((previous) -> previous.id() == job.id()))
            .forEach((job) -> log.warn("database job {} ({} of {}) is {}: {}", job.id(), job.procedure(),
                    job.relation(), job.state(), job.error()));
    }

    List<DatabaseJob> jobs() {
        return this.jobs;
    }

    List<DatabaseJob> findFailing() {
        return this.jobs.stream().filter((job) -> !job.isHealthy()).toList();
    }

    private long countFailures() {
        return this.jobs.stream().mapToLong(DatabaseJob::failures).sum();
    }

}
