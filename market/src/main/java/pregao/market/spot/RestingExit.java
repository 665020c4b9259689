package pregao.market.spot;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The order that lies at an exchange for what is held, with its stop and its take, so
 * that it is given up also where nobody watches. Once the exchange has confirmed it, the
 * trader is the second line: it sells only where the price is past the limit at which the
 * order could still be filled. All numbers are whole ones of 1e-8.
 *
 * @param id of the order
 * @param stop the price from which on it sells
 * @param limit the worst price at which it then sells
 * @param take the price that is enough; 0 where there is none
 * @param confirmed whether the exchange has it
 */
public record RestingExit(UUID id, long stop, long limit, long take, boolean confirmed) {

    /**
     * An order that is asked for.
     * @param id of it
     * @param held what it is for, which was bought
     * @param costs with the cap by which its limit is worse than its stop
     * @return not confirmed
     */
    public static RestingExit of(UUID id, Position held, TransactionCosts costs) {
        return new RestingExit(id, held.stop(), costs.limit(held.stop(), false), held.take(), false);
    }

    /**
     * Whether an order is to be asked for.
     * @param now the one there is, or null
     * @param trader whose
     * @return true where something is held, nothing lies there for it, and it is neither
     * to be closed nor being closed
     */
    public static boolean isWanted(@Nullable RestingExit now, SpotStrategyRunner.Snapshot trader) {
        Position held = trader.position();
        return now == null && held != null && held.isLong() && held.stop() > 0 && !trader.awaiting()
                && trader.closing() == null;
    }

    /**
     * The same once the exchange has it.
     * @return confirmed
     */
    public RestingExit confirm() {
        return new RestingExit(this.id, this.stop, this.limit, this.take, true);
    }

    /**
     * What the trader watches.
     * @param held what is held
     * @return with its own levels as long as nobody else looks after them, else with one
     * behind the limit
     */
    public Position watched(Position held) {
        return this.confirmed ? with(held, this.limit - 1, 0) : own(held);
    }

    /**
     * What is held with its own levels, whatever the trader watches.
     * @param held what is held
     * @return with stop and take
     */
    public Position own(Position held) {
        return with(held, this.stop, this.take);
    }

    /**
     * Why it has sold.
     * @param price at which
     * @return by the level that can be sold at
     */
    public ExitDecision.Reason reason(long price) {
        return (this.take > 0 && price >= this.take) ? ExitDecision.Reason.TAKE : ExitDecision.Reason.STOP;
    }

    private static Position with(Position held, long stop, long take) {
        return new Position(held.isLong(), held.openedAt(), held.entry(), held.quantity(), held.fee(), stop, take);
    }

}
