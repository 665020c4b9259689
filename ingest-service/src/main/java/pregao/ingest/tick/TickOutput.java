package pregao.ingest.tick;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.topic.KafkaUnavailable;
import pregao.ingest.topic.Message;
import pregao.ingest.topic.Publisher;

/**
 * Where ticks are durable: the topic, once it acknowledged them.
 */
@Component
public class TickOutput {

    private static final Duration BOUND = Duration.ofSeconds(3);

    private final Publisher publisher;

    TickOutput(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Publishes ticks, or changes of ticks in quarantine.
     * @param messages in order
     * @return when all are acknowledged
     */
    public Mono<Void> publish(List<Message> messages) {
        return this.publisher.publish(messages)
            .timeout(BOUND)
            .onErrorMap(TimeoutException.class,
                    (ex) -> Problem.tryAgain(ProblemType.UNAVAILABLE, "Kafka did not answer in time", ex))
            .onErrorMap(KafkaUnavailable.class,
                    (ex) -> Problem.tryAgain(ProblemType.UNAVAILABLE, "Kafka did not take the ticks", ex))
            .onErrorMap(RejectedExecutionException.class,
                    (ex) -> Problem.tryAgain(ProblemType.BUSY, "too much waits for Kafka", ex));
    }

}
