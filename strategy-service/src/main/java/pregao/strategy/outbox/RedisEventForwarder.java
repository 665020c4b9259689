package pregao.strategy.outbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Topic;
import pregao.contracts.order.OrderCodec;
import pregao.contracts.order.OrderEvent;
import pregao.contracts.signal.SignalCodec;
import pregao.contracts.trade.TradeCodec;
import pregao.strategy.redis.RedisPublisher;

/**
 * Forwards published events to Redis and counts them.
 */
@Component
class RedisEventForwarder {

    private static final Logger log = LoggerFactory.getLogger(RedisEventForwarder.class);

    private static final String SELECT_POSITIONS = """
            select p.account, p.money, nullif(p.bot, '00000000-0000-0000-0000-000000000000'::uuid) as bot, p.feed,
              p.symbol, p.side, p.opened_at, p.amount, p.entry, p.stop, p.take
            from strategy.position p where p.person = :person order by p.opened_at, p.feed, p.symbol limit 1000""";

    private final RedisPublisher redisPublisher;

    private final JdbcClient database;

    private final MeterRegistry meters;

    RedisEventForwarder(RedisPublisher redisPublisher, JdbcClient database, MeterRegistry meters) {
        this.meters = meters;
        this.redisPublisher = redisPublisher;
        this.database = database;
    }

    /**
     * Forwards events.
     * @param events the published events
     */
    void forward(List<Published> events) {
        for (Published event : events) {
            try {
                forwardEvent(event);
            }
            catch (IllegalArgumentException ex) {
                // The event is published; a message that this service cannot decode must
                // not block others.
                log.error("event {} of topic {} cannot be read by listeners at Redis", event.id(), event.topic(), ex);
            }
        }
        Set<UUID> userIds = events.stream()
            .filter((event) -> event.topic().equals(Topic.POSITION.topicName()))
            .map(Published::person)
            .collect(Collectors.toSet());
        userIds.forEach((userId) -> this.redisPublisher.setPositions(userId, findPositions(userId)));
    }

    private void forwardEvent(Published event) {
        count(event);
        if (event.topic().equals(Topic.TRADE.topicName())) {
            this.redisPublisher.publish("trades", event.person(), TradeCodec.decode(event.body()));
        }
        else if (event.topic().equals(Topic.SIGNAL.topicName())) {
            this.redisPublisher.publish("signals", event.person(), SignalCodec.decode(event.body()));
        }
    }

    private void count(Published event) {
        if (event.topic().equals(Topic.ORDER.topicName())) {
            OrderEvent order = OrderCodec.decode(event.body());
            this.meters.counter("pregao.orders", "money", order.money(), "state", order.state()).increment();
        }
        else {
            this.meters.counter("pregao.ledger", "topic", event.topic()).increment();
        }
    }

    private List<Map<String, @Nullable Object>> findPositions(UUID userId) {
        return this.database.sql(SELECT_POSITIONS).param("person", userId).query().listOfRows();
    }

    /**
     * A published event.
     *
     * @param id the id, its sequence number
     * @param person the id of the user whom it concerns
     * @param topic the name of the topic
     * @param body the message
     * @param attempts the number of failed attempts to publish it
     */
    @SuppressWarnings("ArrayRecordComponent") // read and sent on, never compared
    record Published(long id, UUID person, String topic, byte[] body, int attempts) {

    }

}
