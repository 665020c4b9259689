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
 * Where ticks are durable: the topic, once it acknowledged them.
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
     * @param records in order
     * @return when all are acknowledged
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
