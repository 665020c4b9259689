package pregao.strategy.bot;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A bot as its owner wants it; what is missing has a default.
 *
 * @param name what its owner calls it
 * @param account {@code paper}, or the id of an account at a broker
 * @param money {@code paper}, {@code demo} or {@code real}
 * @param strategy for spot: {@code rsi}, or a strategy of rules
 * @param pattern for options: the name of a pattern, or a pattern
 * @param instruments symbols of the caller's feed, or feed and symbol
 * @param convention by which indicators are calculated
 * @param stake what each position or first entry gets
 * @param fee of each fill on paper, as a part of its value
 * @param spread between bid and ask on paper, in price
 * @param slippage of each fill on paper, as a part of the price
 * @param payout what an option pays, as a part of its stake
 * @param levels the stakes of all entries of a cycle, where the first is 1
 * @param equals what follows an entry whose stake came back
 * @param protections what keeps it from opening anything for a while
 * @param lots what can be traded at the broker, by symbol; not the owner's to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BotWish(@Nullable String name, @Nullable String account, @Nullable String money, @Nullable JsonNode strategy,
        @Nullable JsonNode pattern, @Nullable List<JsonNode> instruments, @Nullable String convention,
        @Nullable BigDecimal stake, @Nullable BigDecimal fee, @Nullable BigDecimal spread,
        @Nullable BigDecimal slippage, @Nullable BigDecimal payout, @Nullable List<BigDecimal> levels,
        @Nullable String equals, @Nullable List<JsonNode> protections,
        @Schema(hidden = true) @Nullable Map<String, Lot> lots) {

    BotWish with(Map<String, Lot> known) {
        return new BotWish(this.name, this.account, this.money, this.strategy, this.pattern, this.instruments,
                this.convention, this.stake, this.fee, this.spread, this.slippage, this.payout, this.levels,
                this.equals, this.protections, known);
    }

}
