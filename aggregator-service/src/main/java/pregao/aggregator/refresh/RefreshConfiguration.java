package pregao.aggregator.refresh;

import io.micrometer.core.instrument.MeterRegistry;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the refresh task, with connections outside the pool of the tick pipeline.
 */
@Configuration(proxyBeanMethods = false)
class RefreshConfiguration {

    @Bean
    DatabaseJobs databaseJobs(MeterRegistry registry) {
        return new DatabaseJobs(registry);
    }

    @Bean
    HealthIndicator databaseJobsHealthIndicator(DatabaseJobs jobs) {
        return new DatabaseJobsHealthIndicator(jobs);
    }

    @Bean
    AggregateRefreshTask refreshThread(JdbcConnectionDetails connectionDetails, DatabaseJobs jobs,
            MeterRegistry registry) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(connectionDetails.getJdbcUrl());
        dataSource.setUser(connectionDetails.getUsername());
        dataSource.setPassword(connectionDetails.getPassword());
        dataSource.setApplicationName("refresh");
        dataSource.setTcpKeepAlive(true);
        return new AggregateRefreshTask(dataSource, jobs, registry);
    }

}
