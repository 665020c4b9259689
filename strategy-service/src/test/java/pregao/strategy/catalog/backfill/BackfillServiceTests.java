package pregao.strategy.catalog.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BackfillService} on a real database.
 */
class BackfillServiceTests {

    private static final Instant NOON = Instant.parse("2025-01-02T12:00:00Z");

    private final Instrument instrument = new Instrument("polarium",
            "W" + UUID.randomUUID().toString().substring(0, 8));

    private final BackfillRequestRepository repository = new BackfillRequestRepository(
            JdbcClient.create(StrategyDatabase.shared().pool()));

    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());

    private BackfillService createService(int maxRequests) {
        return new BackfillService(this.repository, new BackfillRequestPublisher(() -> this.producer),
                new BackfillProperties(Duration.ofMinutes(10), maxRequests));
    }

    private BackfillRequest createRequest(int fromMinute, int toMinute, Instant requestedAt) {
        return new BackfillRequest(this.instrument, Timeframe.M1, NOON.plusSeconds(60L * fromMinute).toEpochMilli(),
                NOON.plusSeconds(60L * toMinute).toEpochMilli(), requestedAt.toEpochMilli());
    }

    @Test
    void sendsRequestOncePerTenMinutes() {
        assertThat(createService(10).requestMissing(List.of(createRequest(0, 5, NOON), createRequest(7, 9, NOON))))
            .containsExactly(this.instrument);
        assertThat(createService(10).requestMissing(List.of(createRequest(0, 5, NOON.plusSeconds(599))))).isEmpty();
        assertThat(createService(10).requestMissing(List.of(createRequest(0, 5, NOON.plusSeconds(601)))))
            .containsExactly(this.instrument);
        assertThat(this.producer.history()).hasSize(3).allSatisfy((record) -> {
            assertThat(record.topic()).isEqualTo("backfill");
            assertThat(record.key()).isEqualTo(this.instrument.key());
        });
        assertThat(BackfillCodec.decode(this.producer.history().getFirst().value()))
            .isEqualTo(createRequest(0, 5, NOON));
    }

    @Test
    void sendsLongestRangesFirst() {
        createService(1)
            .requestMissing(List.of(createRequest(0, 1, NOON), createRequest(2, 9, NOON), createRequest(10, 11, NOON)));
        assertThat(this.producer.history()).hasSize(1);
        assertThat(BackfillCodec.decode(this.producer.history().getFirst().value()))
            .isEqualTo(createRequest(2, 9, NOON));
    }

    @Test
    void sendsAgainAfterKafkaFailure() {
        this.producer.sendException = new KafkaException("away");
        assertThat(createService(10).requestMissing(List.of(createRequest(0, 5, NOON)))).isEmpty();
        this.producer.sendException = null;
        assertThat(createService(10).requestMissing(List.of(createRequest(0, 5, NOON))))
            .containsExactly(this.instrument);
    }

}
