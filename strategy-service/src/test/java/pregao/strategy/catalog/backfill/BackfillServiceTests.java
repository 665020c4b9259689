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

    private final BackfillRequestRepository table = new BackfillRequestRepository(
            JdbcClient.create(StrategyDatabase.shared().pool()));

    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, null, new StringSerializer(),
            new ByteArraySerializer());

    private BackfillService wishes(int most) {
        return new BackfillService(this.table, new BackfillRequestPublisher(() -> this.producer),
                new BackfillProperties(Duration.ofMinutes(10), most));
    }

    private BackfillRequest wish(int fromMinute, int toMinute, Instant instant) {
        return new BackfillRequest(this.instrument, Timeframe.M1, NOON.plusSeconds(60L * fromMinute).toEpochMilli(),
                NOON.plusSeconds(60L * toMinute).toEpochMilli(), instant.toEpochMilli());
    }

    @Test
    void areMadeOnceInTenMinutesByWhomeverItBe() {
        assertThat(wishes(10).make(List.of(wish(0, 5, NOON), wish(7, 9, NOON)))).containsExactly(this.instrument);
        assertThat(wishes(10).make(List.of(wish(0, 5, NOON.plusSeconds(599))))).isEmpty();
        assertThat(wishes(10).make(List.of(wish(0, 5, NOON.plusSeconds(601))))).containsExactly(this.instrument);
        assertThat(this.producer.history()).hasSize(3).allSatisfy((record) -> {
            assertThat(record.topic()).isEqualTo("backfill");
            assertThat(record.key()).isEqualTo(this.instrument.key());
        });
        assertThat(BackfillCodec.decode(this.producer.history().getFirst().value())).isEqualTo(wish(0, 5, NOON));
    }

    @Test
    void areTheLargestWhereThereAreTooMany() {
        wishes(1).make(List.of(wish(0, 1, NOON), wish(2, 9, NOON), wish(10, 11, NOON)));
        assertThat(this.producer.history()).hasSize(1);
        assertThat(BackfillCodec.decode(this.producer.history().getFirst().value())).isEqualTo(wish(2, 9, NOON));
    }

    @Test
    void areMadeAgainWhereKafkaWasAway() {
        this.producer.sendException = new KafkaException("away");
        assertThat(wishes(10).make(List.of(wish(0, 5, NOON)))).isEmpty();
        this.producer.sendException = null;
        assertThat(wishes(10).make(List.of(wish(0, 5, NOON)))).containsExactly(this.instrument);
    }

}
