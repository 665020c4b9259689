package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import pregao.aggregator.AggregatorTestEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseJobs} with the scheduler of the dataSource.
 */
@Tag("store")
class DatabaseJobsTests {

    private static final long MAX_SIZE = Duration.ofMinutes(2).toNanos();

    private final DataSource dataSource = AggregatorTestEnvironment.database();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final DatabaseJobs jobs = new DatabaseJobs(this.registry);

    private void execute(String sql) throws SQLException {
        try (Connection connection = this.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String queryForString(String sql) throws SQLException {
        try (Connection connection = this.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return String.valueOf(row.getString(1));
        }
    }

    private List<DatabaseJob> read() throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            this.jobs.read(connection);
        }
        return this.jobs.jobs();
    }

    private void await(String description, Predicate<List<DatabaseJob>> reached) throws SQLException {
        long end = System.nanoTime() + MAX_SIZE;
        while (!reached.test(read())) {
            assertThat(System.nanoTime()).as("%s: %s", description, this.jobs.jobs()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private double gauge(String name) {
        return this.registry.get(name).gauge().value();
    }

    /** Some combinations of PostgreSQL and TimescaleDB versions run no job at all. */
    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void runsOneJobOfEachKindByTheScheduler() throws SQLException {
        execute("select add_retention_policy('market.market_data_raw', drop_after => interval '50 years')");
        try {
            for (String kind : List.of("policy_compression", "policy_refresh_continuous_aggregate",
                    "policy_retention")) {
                String job = queryForString("""
                        select min(j.job_id) from timescaledb_information.jobs j
                        where j.proc_name = '%s' and j.owner = 'pregao_aggregator'::regrole""".formatted(kind));
                execute("select alter_job(%s, next_start => now())".formatted(job));
                long end = System.nanoTime() + MAX_SIZE;
                String status = "";
                while (!status.equals("Success") && !status.equals("Failed")) {
                    assertThat(System.nanoTime()).as("%s has run", kind).isLessThan(end);
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                    status = queryForString("""
                            select coalesce(max(last_run_status) filter (where total_runs > 0), '')
                            from timescaledb_information.job_stats where job_id = %s""".formatted(job));
                }
                assertThat(status).as(kind + ": " + queryForString("""
                        select string_agg(err_message, '; ') from timescaledb_information.job_errors
                        where job_id = %s""".formatted(job))).isEqualTo("Success");
            }
            assertThat(read()).hasSize(16).allMatch(DatabaseJob::isHealthy);
            assertThat(new DatabaseJobsHealthIndicator(this.jobs).health().getStatus()).isEqualTo(Status.UP);
        }
        finally {
            execute("select remove_retention_policy('market.market_data_raw')");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void saysWhichJobFailsAndWhy() throws SQLException {
        execute("""
                create or replace procedure market.always_fails(job_id integer, config jsonb) language plpgsql as
                $$ begin raise exception 'no room for chunks'; end $$""");
        String job = queryForString("select add_job('market.always_fails', interval '1 hour', initial_start => now())");
        try {
            await("the job has failed", (jobs) -> jobs.stream().anyMatch((databaseJob) -> !databaseJob.isHealthy()));
            assertThat(gauge("pregao.database.jobs.failing")).isEqualTo(1);
            assertThat(gauge("pregao.database.jobs.failures")).isGreaterThanOrEqualTo(1);
            Health health = new DatabaseJobsHealthIndicator(this.jobs).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().values()).anyMatch((text) -> text.toString().contains("no room for chunks"));
        }
        finally {
            execute("select delete_job(%s)".formatted(job));
            execute("drop procedure market.always_fails");
        }
        assertThat(read()).allMatch(DatabaseJob::isHealthy);
        assertThat(gauge("pregao.database.jobs.failing")).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void beginsNoTwoJobsAtTheSameSecond() throws SQLException {
        assertThat(queryForString("""
                select count(*) - count(distinct date_part('second', initial_start)::int)
                from timescaledb_information.jobs where owner = 'pregao_aggregator'::regrole""")).isEqualTo("0");
    }

    @Test
    void isWellWhereTheDatabaseHasNoJobs() {
        Health health = new DatabaseJobsHealthIndicator(this.jobs).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEqualTo(Map.of("jobs", 0));
        assertThat(gauge("pregao.database.jobs.failing")).isZero();
    }

}
