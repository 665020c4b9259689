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
 * Books the outcome of orders that a user, or an external system, placed manually. Buys
 * add to one position per instrument at the average entry price; sells reduce it.
 */
public final class ManualFillBooking {

    private static final Logger log = LoggerFactory.getLogger(ManualFillBooking.class);

    private ManualFillBooking() {
    }

    /**
     * Books a completed order.
     * @param ledger the ledger of the transaction
     * @param connection the connection of the transaction
     * @param order the order with its outcome
     * @throws SQLException if the database fails
     */
    public static void bookOutcome(LedgerTransaction ledger, Connection connection, Order order) throws SQLException {
        Fill fill = order.fill();
        if (order.side().isOption()) {
            bookOption(ledger, order, fill);
        }
        else if (order.state() == OrderState.FILLED && fill != null && fill.price() != null) {
            PositionSnapshot current = PositionRepository.find(connection, order.owner(), order.instrument());
            if (order.side() == Side.BUY) {
                bookBuy(ledger, order, fill, current);
            }
            else {
                bookSell(ledger, order, fill, current);
            }
        }
        else {
            ledger.changeExposure(order.owner().account(), order.risk().negate());
        }
    }

    private static void bookOption(LedgerTransaction ledger, Order order, @Nullable Fill fill) {
        ledger.changeReservation(order.owner().account(), order.risk().negate());
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

    private static void bookBuy(LedgerTransaction ledger, Order order, Fill fill, @Nullable PositionSnapshot current) {
        BigDecimal amount = Objects.requireNonNullElse(fill.amount(), order.amount());
        BigDecimal price = Objects.requireNonNull(fill.price());
        BigDecimal fee = orZero(fill.fee());
        if (current == null) {
            updatePosition(ledger, order, null, new PositionSnapshot(order.owner(), order.instrument(), Side.BUY,
                    fill.at(), amount, price, null, null, fee));
            return;
        }
        BigDecimal total = current.amount().add(amount);
        BigDecimal averagePrice = orZero(current.entry()).multiply(current.amount())
            .add(price.multiply(amount))
            .divide(total, Prices.SCALE, RoundingMode.HALF_UP);
        updatePosition(ledger, order, current, new PositionSnapshot(order.owner(), order.instrument(), Side.BUY,
                current.openedAt(), total, averagePrice, null, null, current.fee().add(fee)));
    }

    /**
     * Replaces the exposure of the order by the change in the notional of the position.
     */
    private static void updatePosition(LedgerTransaction ledger, Order order, @Nullable PositionSnapshot current,
            PositionSnapshot updated) {
        ledger.put(updated);
        BigDecimal exposureChange = computeNotional(updated)
            .subtract((current != null) ? computeNotional(current) : BigDecimal.ZERO);
        ledger.changeExposure(order.owner().account(), exposureChange.subtract(order.risk()));
    }

    private static BigDecimal computeNotional(PositionSnapshot position) {
        return orZero(position.entry()).multiply(position.amount()).setScale(Prices.SCALE, RoundingMode.HALF_UP);
    }

    /**
     * Books the part of a sale that exceeds the known position as well, and informs the
     * owner.
     */
    private static void bookSell(LedgerTransaction ledger, Order order, Fill fill, @Nullable PositionSnapshot current) {
        BigDecimal soldAmount = Objects.requireNonNullElse(fill.amount(), order.amount());
        BigDecimal amount = (current != null) ? soldAmount.min(current.amount()) : BigDecimal.ZERO;
        BigDecimal excess = soldAmount.subtract(amount);
        BigDecimal excessFee = prorate(orZero(fill.fee()), excess, soldAmount);
        if (current != null) {
            bookSell(ledger, order, fill, current, amount, orZero(fill.fee()).subtract(excessFee));
        }
        if (excess.signum() > 0) {
            BigDecimal price = Objects.requireNonNull(fill.price());
            UUID id = (current != null) ? NameBasedUuid.of(order.id(), "beyond") : order.id();
            ledger.put(new ClosedTrade(id, order.owner(), order.instrument(), Side.BUY, fill.at(), fill.at(), price,
                    price, excess, 0, excessFee, excessFee.negate(), computeNotional(price, excess), "by_hand", false));
            ledger.put(
                    order
                        .withState(order.state(), "more_than_held",
                                "%s more was sold than is known to be held: look at the account"
                                    .formatted(excess.stripTrailingZeros().toPlainString()))
                        .withDelivered(true));
            log.warn("order {} has sold {} more than was held", order.id(), excess);
        }
    }

    private static void bookSell(LedgerTransaction ledger, Order order, Fill fill, PositionSnapshot current,
            BigDecimal amount, BigDecimal fee) {
        BigDecimal entry = orZero(current.entry());
        BigDecimal entryFee = prorate(current.fee(), amount, current.amount());
        BigDecimal fees = entryFee.add(fee);
        BigDecimal price = Objects.requireNonNull(fill.price());
        BigDecimal profit = price.subtract(entry)
            .multiply(amount)
            .subtract(fees)
            .setScale(Prices.SCALE, RoundingMode.HALF_EVEN);
        ledger.put(new ClosedTrade(order.id(), order.owner(), order.instrument(), Side.BUY, current.openedAt(),
                fill.at(), entry, price, amount, 0, fees, profit, computeNotional(entry, amount), "by_hand", false));
        updatePosition(ledger, order, current,
                new PositionSnapshot(order.owner(), order.instrument(), Side.BUY, current.openedAt(),
                        current.amount().subtract(amount), current.entry(), null, null,
                        current.fee().subtract(entryFee)));
    }

    private static BigDecimal prorate(BigDecimal fee, BigDecimal amount, BigDecimal total) {
        return fee.multiply(amount).divide(total, Prices.SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal computeNotional(BigDecimal price, BigDecimal amount) {
        return price.multiply(amount).setScale(Prices.SCALE, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return (value != null) ? value : BigDecimal.ZERO;
    }

}
