package pregao.session.broker.binance;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TickAssembler}.
 */
class TickAssemblerTests {

    private final TickAssembler assembler = new TickAssembler();

    @Test
    void tellsBestPricesAndTradesWithThem() {
        assertThat(this.assembler.applyTrade(trade(1, "10"))).as("the best prices are not known").isNull();
        assertThat(this.assembler.applyBookTicker(book(5, "9.5", "10.5"), 7000))
            .isEqualTo(new MarketTick(Instant.ofEpochSecond(7), 950_000_000, 1_050_000_000, 0));
        assertThat(this.assembler.applyTrade(trade(2, "10")))
            .isEqualTo(new MarketTick(Instant.ofEpochSecond(6), 950_000_000, 1_050_000_000, 1_000_000_000));
    }

    @Test
    void tellsOnceWhatTwoConnectionsSay() {
        assertThat(this.assembler.applyBookTicker(book(5, "9", "11"), 0)).isNotNull();
        assertThat(this.assembler.applyBookTicker(book(5, "9", "11"), 1)).isNull();
        assertThat(this.assembler.applyBookTicker(book(4, "8", "12"), 1)).isNull();
        assertThat(this.assembler.applyTrade(trade(2, "10"))).isNotNull();
        assertThat(this.assembler.applyTrade(trade(2, "10"))).isNull();
    }

    @Test
    void beginsAnewAfterAnInterruption() {
        this.assembler.applyBookTicker(book(5, "9", "11"), 0);
        this.assembler.reset();
        assertThat(this.assembler.applyTrade(trade(1, "10"))).as("old best prices are not believed").isNull();
        assertThat(this.assembler.applyBookTicker(book(1, "9", "11"), 0)).isNotNull();
    }

    @Test
    void makesNoTickOfAnEmptyBook() {
        assertThat(this.assembler.applyBookTicker(book(5, "0.00000000", "11"), 0)).isNull();
        assertThat(this.assembler.applyBookTicker(book(6, "9", "99999999999999999999"), 0)).isNull();
        assertThat(this.assembler.applyBookTicker(book(7, "9", "11"), 0)).isNotNull();
    }

    private static JsonNode book(long id, String bid, String ask) {
        return JsonTrees.createObject().put("u", id).put("s", "BTCUSDT").put("b", bid).put("a", ask);
    }

    private static JsonNode trade(long id, String price) {
        return JsonTrees.createObject().put("e", "trade").put("t", id).put("p", price).put("T", 6000);
    }

}
