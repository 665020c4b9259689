package pregao.ingest.tick;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.ingest.kafka.KafkaUnavailableException;
import pregao.ingest.kafka.OutboundRecord;
import pregao.ingest.kafka.RecordPublisher;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Publisher of ticks to the topic {@code tick}. Ticks are durable once Kafka has
 * acknowledged them.
 */
@Component
public class TickPublisher {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RecordPublisher publisher;

    TickPublisher(RecordPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Publishes ticks, or changes of ticks in quarantine.
     * @param records the records, in order
     * @return completes when all records are acknowledged, or fails with an
     * {@link IngestException}: 429 if too many requests wait for Kafka, 503 if Kafka does
     * not acknowledge in time
     */
    public Mono<Void> publish(List<OutboundRecord> records) {
        return this.publisher.publish(records)
            .timeout(TIMEOUT)
            .onErrorMap(TimeoutException.class,
                    (ex) -> IngestException.retryLater(ProblemType.UNAVAILABLE, "Kafka did not answer in time", ex))
            .onErrorMap(KafkaUnavailableException.class,
                    (ex) -> IngestException.retryLater(ProblemType.UNAVAILABLE, "Kafka did not take the ticks", ex))
            .onErrorMap(RejectedExecutionException.class,
                    (ex) -> IngestException.retryLater(ProblemType.BUSY, "too much waits for Kafka", ex));
    }

}
