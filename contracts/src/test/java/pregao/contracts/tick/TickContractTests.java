package pregao.contracts.tick;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.CodecFuzz;
import pregao.contracts.EpochMillis;
import pregao.contracts.GoldenFiles;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TickContractTests {

    private static final long TIME = 1_398_902_400_292L;

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    @Test
    void writesQuotesAsEver() {
        assertThat(TickCodec.encode(quotes())).asHexString().isEqualTo(hex("tick-quotes"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "tick-quotes", "tick-newer" })
    void readsQuotesOfOlderAndNewerWriters(String golden) {
        assertThat(rows(TickCodec.decode(GoldenFiles.bytes(golden)))).isEqualTo(rows(quotes()));
    }

    @Test
    void readsAndWritesAllThatATerminalSays() {
        TickBatch full = TickBatch.of(new Instrument("b3", "PETR4"), PriceBasis.LAST, TIME, 2)
            .add(TIME, 0, 3_000_000_000L, 3_002_000_000L, 3_001_000_000L, new BigDecimal("100"), 24)
            .add(TIME + 1, 300, 3_001_000_000L, 3_002_000_000L, 0, new BigDecimal("0.50"), 6)
            .build();

        assertThat(rows(TickCodec.decode(GoldenFiles.bytes("tick-full")))).isEqualTo(rows(full));
        assertThat(TickCodec.encode(full)).asHexString().isEqualTo(hex("tick-full"));
    }

    @Test
    void readsAndWritesABatchWithoutTicks() {
        TickBatch none = TickBatch.of(EURUSD, PriceBasis.MID, TIME, 0).build();

        assertThat(rows(TickCodec.decode(GoldenFiles.bytes("tick-none")))).isEqualTo(rows(none));
        assertThat(TickCodec.encode(none)).asHexString().isEqualTo(hex("tick-none"));
    }

    @ParameterizedTest
    @CsvSource({ "RELEASE, tick-release", "UNDO, tick-undo" })
    void readsAndWritesChangesOfTicksInQuarantine(TickChange.Kind kind, String golden) {
        TickBatch change = TickBatch.of(EURUSD, PriceBasis.MID, TIME + 708, 1)
            .change(new TickChange(kind, "maria"))
            .add(TIME, 1, 108_500_000_000L, 108_550_000_000L)
            .build();

        TickBatch decoded = TickCodec.decode(GoldenFiles.bytes(golden));

        assertThat(rows(decoded)).isEqualTo(rows(change));
        assertThat(decoded.change()).isEqualTo(new TickChange(kind, "maria"));
        assertThat(TickCodec.encode(change)).asHexString().isEqualTo(hex(golden));
        assertThat(TickCodec.decode(GoldenFiles.bytes("tick-quotes")).change()).isNull();
    }

    @Test
    void refusesChangesThatNameNobody() {
        TickMessage.Builder message = TickMessage.newBuilder()
            .setFeed("mt5")
            .setSymbol("EURUSD")
            .setKind(TickKindMessage.TICK_KIND_RELEASE);

        assertThatIllegalArgumentException().isThrownBy(() -> TickCodec.decode(message.build().toByteArray()))
            .withMessageContaining("user");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> TickCodec.decode(message.setKindValue(9).build().toByteArray()))
            .withMessageContaining("kind");
    }

    @Test
    void comesBackWhateverItHolds() {
        Random random = new Random(20_261_121);
        for (int batch = 0; batch < 200; batch++) {
            TickBatch.Builder ticks = TickBatch.of(EURUSD, random.nextBoolean() ? PriceBasis.LAST : PriceBasis.MID,
                    TIME, random.nextInt(3));
            for (int i = random.nextInt(60); i > 0; i--) {
                ticks.add(random.nextLong(EpochMillis.FIRST, EpochMillis.LAST), random.nextInt(0, Integer.MAX_VALUE),
                        random.nextLong(1, Prices.MAX), random.nextLong(1, Prices.MAX),
                        (batch % 2) * random.nextLong(0, Prices.MAX),
                        BigDecimal.valueOf((batch % 5) * random.nextLong(0, 1_000_000), 6),
                        (batch % 7) * random.nextInt());
            }
            TickBatch sent = ticks.build();
            assertThat(rows(TickCodec.decode(TickCodec.encode(sent)))).isEqualTo(rows(sent));
        }
    }

    @Test
    void throwsNothingButThatItsArgumentIsWrong() {
        CodecFuzz.refusedOrDecoded(20_261_121, TickCodec::decode, TickCodec::encode,
                List.of("tick-quotes", "tick-full", "tick-newer", "tick-none", "tick-release", "tick-undo"));
    }

    @Test
    void refusesColumnsOfDifferentLength() {
        TickMessage.Builder message = TickMessage.newBuilder()
            .setFeed("mt5")
            .setSymbol("EURUSD")
            .addTime(TIME)
            .addSeq(0)
            .addBid(1);

        assertThatIllegalArgumentException().isThrownBy(() -> TickCodec.decode(message.build().toByteArray()))
            .withMessageContaining("ask_over_bid");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> TickCodec.decode(message.addAskOverBid(1).addFlags(1).addFlags(2).build().toByteArray()))
            .withMessageContaining("flags");
    }

    @Test
    void refusesValuesOutOfRange() {
        TickBatch.Builder ticks = TickBatch.of(EURUSD, PriceBasis.MID, TIME, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> ticks.add(EpochMillis.LAST + 1, 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ticks.add(TIME, -1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ticks.add(TIME, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ticks.add(TIME, 0, 1, Prices.MAX + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ticks.add(TIME, 0, 1, 1, -1, BigDecimal.ZERO, 0));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ticks.add(TIME, 0, 1, 1, 0, new BigDecimal("1e999999"), 0));
        assertThat(ticks.build().size()).as("none of them was added").isZero();
    }

    @Test
    void keepsATradeWithoutAQuote() {
        TickBatch ticks = TickBatch.of(EURUSD, PriceBasis.LAST, TIME, 3)
            .add(TIME, 0, 5, 0, 6, BigDecimal.TEN, 56)
            .add(TIME, 1, 0, 7, 6, BigDecimal.TEN, 56)
            .add(TIME, 2, 0, 0, 6, BigDecimal.TEN, 56)
            .build();

        assertThat(rows(TickCodec.decode(TickCodec.encode(ticks)))).isEqualTo(rows(ticks));
        for (int i = 0; i < 3; i++) {
            assertThat(ticks.price(i)).isEqualTo(6);
            assertThat(PriceBasis.MID.of(ticks.bid(i), ticks.ask(i), ticks.last(i))).isZero();
        }
        assertThatIllegalArgumentException()
            .isThrownBy(() -> TickBatch.of(EURUSD, PriceBasis.LAST, TIME, 1).add(TIME, 0, 5, 0));
    }

    @Test
    void fitsTheLargestRequestIntoARecord() {
        Random random = new Random(20_261_129);
        TickBatch.Builder ticks = TickBatch.of(EURUSD, PriceBasis.LAST, TIME, 10_000);
        for (int i = 0; i < 10_000; i++) {
            ticks.add(random.nextBoolean() ? EpochMillis.FIRST : EpochMillis.LAST, Integer.MAX_VALUE - i,
                    random.nextBoolean() ? 1 : Prices.MAX, random.nextBoolean() ? 1 : Prices.MAX, Prices.MAX - i,
                    new BigDecimal("99999999999999999999999999.99999999"), -1 - i);
        }

        // Kafka's limit of a request, max.request.size, is 1 MiB; a record needs some
        // bytes beside.
        assertThat(TickCodec.encode(ticks.build()).length).isLessThan(1_000_000);
    }

    @Test
    void growsWithValuesThatComeLate() {
        TickBatch.Builder builder = TickBatch.of(EURUSD, PriceBasis.LAST, TIME, 0);
        for (int i = 0; i < 9; i++) {
            builder.add(TIME + i, 0, 5, 7);
        }
        TickBatch ticks = builder.add(TIME + 9, 0, 5, 7, 6, BigDecimal.TEN, 3).add(TIME + 10, 0, 5, 7).build();
        for (int i = 0; i < 11; i++) {
            assertThat(ticks.price(i)).isEqualTo((i == 9) ? 6 : 0);
            assertThat(ticks.volume(i)).isEqualTo((i == 9) ? BigDecimal.TEN : BigDecimal.ZERO);
            assertThat(ticks.flags(i)).isEqualTo((i == 9) ? 3 : 0);
        }
    }

    private static TickBatch quotes() {
        return TickBatch.of(EURUSD, PriceBasis.MID, TIME + 708, 3)
            .add(TIME, 0, 138_676_000, 138_686_000)
            .add(TIME, 1, 138_677_000, 138_686_000)
            .add(TIME + 1500, 0, 138_674_000, 138_673_000)
            .build();
    }

    private static List<List<Object>> rows(TickBatch ticks) {
        List<Object> head = List.of(ticks.instrument(), ticks.basis(), ticks.receivedAt());
        return Stream
            .concat(Stream.of(head),
                    IntStream.range(0, ticks.size())
                        .mapToObj((i) -> List.<Object>of(ticks.time(i), ticks.seq(i), ticks.bid(i), ticks.ask(i),
                                ticks.last(i), ticks.volume(i), ticks.flags(i))))
            .toList();
    }

    private static String hex(String golden) {
        return HexFormat.of().withUpperCase().formatHex(GoldenFiles.bytes(golden));
    }

}
