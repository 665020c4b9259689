package pregao.strategy.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Prices;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Side;
import pregao.strategy.position.PositionRepository;
import pregao.strategy.position.PositionSnapshot;
import pregao.strategy.signal.NameBasedUuid;
import pregao.strategy.trade.ClosedTrade;

/**
 * What the end of an order does that a person, or an outside system, has placed: bought
 * amounts add up to one position an instrument, sold ones are taken from it.
 */
public final class ManualFillBooking {

    private static final Logger log = LoggerFactory.getLogger(ManualFillBooking.class);

    private ManualFillBooking() {
    }

    /**
     * Takes that an order has ended.
     * @param ledger of the transaction
     * @param connection of the transaction
     * @param order as it is now
     * @throws SQLException where the database refuses
     */
    public static void ended(LedgerTransaction ledger, Connection connection, Order order) throws SQLException {
        Fill fill = order.fill();
        if (order.side().isOption()) {
            option(ledger, order, fill);
        }
        else if (order.state() == OrderState.FILLED && fill != null && fill.price() != null) {
            PositionSnapshot before = PositionRepository.find(connection, order.owner(), order.instrument());
            if (order.side() == Side.BUY) {
                bought(ledger, order, fill, before);
            }
            else {
                sold(ledger, order, fill, before);
            }
        }
        else {
            ledger.risk(order.owner().account(), order.risk().negate());
        }
    }

    private static void option(LedgerTransaction ledger, Order order, @Nullable Fill fill) {
        ledger.reserve(order.owner().account(), order.risk().negate());
        BigDecimal profit = (fill != null) ? fill.profit() : null;
        if (order.state() == OrderState.SETTLED && profit != null && fill != null) {
            String reason = switch (profit.signum()) {
                case 1 -> "win";
                case -1 -> "loss";
                default -> "equal";
            };
            ledger.put(new ClosedTrade(order.id(), order.owner(), order.instrument(), order.side(), order.decidedAt(),
                    fill.at(), fill.price(), null, order.amount(), 0, BigDecimal.ZERO, profit, order.amount(), reason,
                    false));
        }
    }

    private static void bought(LedgerTransaction ledger, Order order, Fill fill, @Nullable PositionSnapshot before) {
        BigDecimal amount = Objects.requireNonNullElse(fill.amount(), order.amount());
        BigDecimal price = Objects.requireNonNull(fill.price());
        BigDecimal fee = orZero(fill.fee());
        if (before == null) {
            put(ledger, order, null, new PositionSnapshot(order.owner(), order.instrument(), Side.BUY, fill.at(),
                    amount, price, null, null, fee));
            return;
        }
        BigDecimal sum = before.amount().add(amount);
        BigDecimal mean = orZero(before.entry()).multiply(before.amount())
            .add(price.multiply(amount))
            .divide(sum, Prices.SCALE, RoundingMode.HALF_UP);
        put(ledger, order, before, new PositionSnapshot(order.owner(), order.instrument(), Side.BUY, before.openedAt(),
                sum, mean, null, null, before.fee().add(fee)));
    }

    /** What was wanted is at risk no more, what is held is. */
    private static void put(LedgerTransaction ledger, Order order, @Nullable PositionSnapshot before,
            PositionSnapshot after) {
        ledger.put(after);
        BigDecimal more = worth(after).subtract((before != null) ? worth(before) : BigDecimal.ZERO);
        ledger.risk(order.owner().account(), more.subtract(order.risk()));
    }

    private static BigDecimal worth(PositionSnapshot held) {
        return orZero(held.entry()).multiply(held.amount()).setScale(Prices.SCALE, RoundingMode.HALF_UP);
    }

    /** What was sold beyond what was held is booked, too, and its owner is told. */
    private static void sold(LedgerTransaction ledger, Order order, Fill fill, @Nullable PositionSnapshot before) {
        BigDecimal sold = Objects.requireNonNullElse(fill.amount(), order.amount());
        BigDecimal amount = (before != null) ? sold.min(before.amount()) : BigDecimal.ZERO;
        BigDecimal beyond = sold.subtract(amount);
        BigDecimal extra = part(orZero(fill.fee()), beyond, sold);
        if (before != null) {
            sold(ledger, order, fill, before, amount, orZero(fill.fee()).subtract(extra));
        }
        if (beyond.signum() > 0) {
            BigDecimal price = Objects.requireNonNull(fill.price());
            UUID id = (before != null) ? NameBasedUuid.of(order.id(), "beyond") : order.id();
            ledger.put(new ClosedTrade(id, order.owner(), order.instrument(), Side.BUY, fill.at(), fill.at(), price,
                    price, beyond, 0, extra, extra.negate(), worth(price, beyond), "by_hand", false));
            ledger.put(
                    order
                        .became(order.state(), "more_than_held",
                                "%s more was sold than is known to be held: look at the account"
                                    .formatted(beyond.stripTrailingZeros().toPlainString()))
                        .told(true));
            log.warn("order {} has sold {} more than was held", order.id(), beyond);
        }
    }

    private static void sold(LedgerTransaction ledger, Order order, Fill fill, PositionSnapshot before,
            BigDecimal amount, BigDecimal fee) {
        BigDecimal entry = orZero(before.entry());
        BigDecimal paid = part(before.fee(), amount, before.amount());
        BigDecimal fees = paid.add(fee);
        BigDecimal price = Objects.requireNonNull(fill.price());
        BigDecimal profit = price.subtract(entry)
            .multiply(amount)
            .subtract(fees)
            .setScale(Prices.SCALE, RoundingMode.HALF_EVEN);
        ledger.put(new ClosedTrade(order.id(), order.owner(), order.instrument(), Side.BUY, before.openedAt(),
                fill.at(), entry, price, amount, 0, fees, profit, worth(entry, amount), "by_hand", false));
        put(ledger, order, before, new PositionSnapshot(order.owner(), order.instrument(), Side.BUY, before.openedAt(),
                before.amount().subtract(amount), before.entry(), null, null, before.fee().subtract(paid)));
    }

    private static BigDecimal part(BigDecimal fee, BigDecimal amount, BigDecimal whole) {
        return fee.multiply(amount).divide(whole, Prices.SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal worth(BigDecimal price, BigDecimal amount) {
        return price.multiply(amount).setScale(Prices.SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return (value != null) ? value : BigDecimal.ZERO;
    }

}
