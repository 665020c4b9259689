package pregao.aggregator.tick;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoredMinute} and the JSON text it is stored as.
 */
class StoredMinuteTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private static final long MINUTE = Instant.parse("2014-05-01T00:00:00Z").toEpochMilli();

    private final StoredMinute minute = new StoredMinute(new MinuteKey(EURUSD, MINUTE));

    private boolean add(int second) {
        return this.minute.add(ticks(second), 0);
    }

    private static TickBatch ticks(int... seconds) {
        TickBatch.Builder ticks = TickBatch.of(EURUSD, PriceBasis.MID, 0, 1);
        for (int second : seconds) {
            ticks.add(MINUTE + second * 1_000L, 0, 1, 2);
        }
        return ticks.build();
    }

    @Test
    void appendsPartsAndRewritesOnlyThoseBehindALateTick() {
        for (int second = 10; second <= 30; second += 10) {
            assertThat(add(second)).isTrue();
            assertThat(this.minute.needsRewrite()).isFalse();
            assertThat(this.minute.firstDirtyPart()).isEqualTo(second / 10 - 1);
            this.minute.markStored(1_000);
        }
        assertThat(add(20)).isFalse();
        assertThat(this.minute.isDirty()).isFalse();
        assertThat(add(15)).isTrue();
        assertThat(this.minute.needsRewrite()).isTrue();
        assertThat(this.minute.firstDirtyPart()).isEqualTo(1);
        assertThat(this.minute.firstDirtyTick()).isEqualTo(1);
        this.minute.markStored(1_000);
        assertThat(add(40)).isTrue();
        assertThat(this.minute.needsRewrite()).isFalse();
        assertThat(this.minute.firstDirtyPart()).isEqualTo(2);
        assertThat(this.minute.firstDirtyTick()).isEqualTo(4);
    }

    @Test
    void knowsThePartsItWasRestoredFrom() {
        this.minute.restore(ticks(1, 2, 3));
        this.minute.restore(ticks(10, 11));
        assertThat(this.minute.isDirty()).isFalse();
        add(5);
        assertThat(this.minute.needsRewrite()).isTrue();
        assertThat(this.minute.firstDirtyPart()).isEqualTo(1);
        assertThat(this.minute.firstDirtyTick()).isEqualTo(3);
    }

    @Test
    void writesTicksAsTheDatabaseIsToHoldThem() {
        this.minute.add(TickBatch.of(EURUSD, PriceBasis.MID, 0, 1)
            .add(MINUTE + 292, 0, price("1.38676"), price("1.38686"))
            .build(), 0);
        this.minute.add(TickBatch.of(EURUSD, PriceBasis.MID, 0, 1)
            .add(MINUTE + 59_999, 12, price("90000000000"), price("0.00000001"), price("7"), new BigDecimal("0.25"), -3)
            .build(), 0);
        RawTickJsonWriter text = new RawTickJsonWriter();
        text.write(this.minute.ticks(), 0, 2);
        String json = new String(text.bytes(), 0, text.length(), StandardCharsets.US_ASCII);
        assertThat(json).isEqualTo("[{\"ts\":\"2014-05-01T00:00:00.292Z\",\"bid\":1.38676,\"ask\":1.38686},"
                + "{\"ts\":\"2014-05-01T00:00:59.999Z\",\"bid\":90000000000,\"ask\":0.00000001,\"seq\":12,"
                + "\"last\":7,\"volume\":0.25,\"flags\":-3}]");
        TickBatch read = RawTickParser.parse(EURUSD, json, 2);
        assertThat(read.time(1)).isEqualTo(MINUTE + 59_999);
        assertThat(read.ask(1)).isEqualTo(1);
        assertThat(read.volume(1)).isEqualByComparingTo("0.25");
        assertThat(read.flags(1)).isEqualTo(-3);
        assertThat(read.bid(0)).isEqualTo(price("1.38676"));
    }

    @Test
    void seesCrossedQuotesAndWholeSecondsInWhatItWrites() {
        this.minute.add(
                TickBatch.of(EURUSD, PriceBasis.MID, 0, 2).add(MINUTE, 0, 2, 1).add(MINUTE + 1000, 0, 1, 1).build(), 0);
        this.minute.add(ticks(1), 0);
        this.minute.add(TickBatch.of(EURUSD, PriceBasis.MID, 0, 1).add(MINUTE + 1001, 0, 5, 4).build(), 0);
        RawTickJsonWriter text = new RawTickJsonWriter();
        text.write(this.minute.ticks(), 0, 3);
        assertThat(text.crossed()).isEqualTo(2);
        assertThat(text.isCoarse()).isFalse();
        text.write(this.minute.ticks(), 0, 2);
        assertThat(text.crossed()).isOne();
        assertThat(text.isCoarse()).isTrue();
    }

    private static long price(String text) {
        return Prices.of(new BigDecimal(text));
    }

}
