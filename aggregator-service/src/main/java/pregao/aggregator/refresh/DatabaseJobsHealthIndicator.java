package pregao.aggregator.refresh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports DOWN while a background job of the database fails. It is not part of readiness:
 * the service works without the jobs, only slower and with more space.
 */
final class DatabaseJobsHealthIndicator implements HealthIndicator {

    private final DatabaseJobs jobs;

    DatabaseJobsHealthIndicator(DatabaseJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Health health() {
        Map<String, Object> failing = new LinkedHashMap<>();
        this.jobs.findFailing()
            .forEach((job) -> failing.put("%s of %s (%d)".formatted(job.procedure(), job.relation(), job.id()),
                    Objects.requireNonNullElse(job.error(), job.state().name())));
        return (failing.isEmpty() ? Health.up() : Health.down()).withDetail("jobs", this.jobs.jobs().size())
            .withDetails(failing)
            .build();
    }

}
