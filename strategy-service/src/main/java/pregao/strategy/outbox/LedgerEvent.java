package pregao.strategy.outbox;

import java.util.UUID;
import java.util.function.LongFunction;

import pregao.contracts.Topic;

/**
 * Something that happened, as it is to be told.
 *
 * @param person whose it is
 * @param topic of which kind
 * @param body the message, once its place in the ledger is known
 */
public record LedgerEvent(UUID person, Topic topic, LongFunction<byte[]> body) {

}
