package pregao.strategy.outbox;

import java.util.UUID;
import java.util.function.LongFunction;

import pregao.contracts.Topic;

/**
 * An event to publish on Kafka.
 *
 * @param person the id of the user whom it concerns
 * @param topic the topic
 * @param body creates the message from the id of the event, its sequence number
 */
public record LedgerEvent(UUID person, Topic topic, LongFunction<byte[]> body) {

}
