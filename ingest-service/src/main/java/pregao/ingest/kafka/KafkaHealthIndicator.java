package pregao.ingest.kafka;

import java.time.Duration;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Health indicator for the connection to Kafka and for the loading of API keys and feeds.
 */
@Component("kafka")
class KafkaHealthIndicator implements ReactiveHealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Admin admin;

    private final CompactedTopicReader topicReader;

    KafkaHealthIndicator(Admin admin, CompactedTopicReader topicReader) {
        this.admin = admin;
        this.topicReader = topicReader;
    }

    @Override
    public Mono<Health> health() {
        if (!this.topicReader.isCaughtUp()) {
            return Mono.just(Health.down().withDetail("reason", "settings of feeds and keys are not read yet").build());
        }
        var options = new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis());
        // The future is not canceled after the timeout, and a later failure is ignored.
        return Mono
            .fromFuture(() -> this.admin.describeCluster(options)
                .clusterId()
                .toCompletionStage()
                .handle((cluster, failure) -> (failure == null) ? Health.up().build() : Health.down(failure).build())
                .toCompletableFuture(), true)
            .timeout(TIMEOUT)
            .onErrorResume(Exception.class, (ex) -> Mono.just(Health.down(ex).build()));
    }

}
