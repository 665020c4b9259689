package pregao.market.spot;

import org.jspecify.annotations.Nullable;

import pregao.market.rule.Signal;
import pregao.market.rule.Strategy;

/**
 * One strategy on one instrument: at most one position, opened at the first price after a
 * signal and closed by stop, take or the opposite signal. It is told of signals and of
 * prices in the order of time, live, on paper and in a backtest alike. Not thread-safe.
 */
public final class SpotStrategyRunner {

    private final boolean shorts;

    private final OrderExecutor fills;

    private Signal pending = Signal.HOLD;

    private @Nullable Position position;

    private boolean orderPending;

    /** Why what is held is to be closed, once that was tried; null where it is not. */
    private ExitDecision.@Nullable Reason closing;

    /**
     * A trader that goes on.
     * @param strategy what it follows
     * @param fills where its positions are opened and closed
     * @param state as {@link #state()} said
     */
    public SpotStrategyRunner(Strategy strategy, OrderExecutor fills, Snapshot state) {
        this.shorts = strategy.shorts();
        this.fills = fills;
        this.pending = state.pending();
        this.position = state.position();
        this.orderPending = state.awaiting();
        this.closing = state.closing();
    }

    /**
     * Takes what the strategy said at a close; acted on at the next price. While a
     * position is being closed it is not listened to.
     * @param signal what it said
     */
    public void signal(Signal signal) {
        if (signal != Signal.HOLD && this.closing == null) {
            this.pending = signal;
        }
    }

    /**
     * What it will do at the next price.
     * @return nothing while the end of an order is awaited
     */
    public PendingAction pendingAction() {
        if (this.orderPending) {
            return PendingAction.NOTHING;
        }
        if (this.closing != null) {
            return PendingAction.CLOSE;
        }
        if (this.pending == Signal.HOLD) {
            return PendingAction.NOTHING;
        }
        boolean buys = this.pending == Signal.BUY;
        if (this.position == null) {
            return (buys || this.shorts) ? PendingAction.OPEN : PendingAction.NOTHING;
        }
        return (this.position.isLong() != buys) ? PendingAction.CLOSE : PendingAction.NOTHING;
    }

    /**
     * Forgets what the strategy said, as it may not be acted on.
     */
    public void clearPending() {
        this.pending = Signal.HOLD;
    }

    /**
     * Takes a stretch of prices, of which only the ends are known; a single price is one
     * with equal ends.
     * @param time of its begin, epoch milliseconds
     * @param open the first price, units of 1e-8
     * @param high the highest price, units of 1e-8
     * @param low the lowest price, units of 1e-8
     */
    public void onPrices(long time, long open, long high, long low) {
        if (this.orderPending) {
            return;
        }
        if (this.pending != Signal.HOLD) {
            act(time, open);
            this.pending = Signal.HOLD;
        }
        if (this.position != null && !this.orderPending) {
            ExitDecision exit = (this.closing != null) ? new ExitDecision(this.closing, open, false)
                    : this.position.judge(open, high, low);
            if (exit != null) {
                close(this.position, time, exit);
            }
        }
    }

    /**
     * Takes a stretch of prices that are told after later ones: what is held may be given
     * up there, and nothing else is done at them.
     * @param time of its begin, epoch milliseconds
     * @param open the first price, units of 1e-8
     * @param high the highest price, units of 1e-8
     * @param low the lowest price, units of 1e-8
     */
    public void late(long time, long open, long high, long low) {
        if (this.position != null && !this.orderPending && this.closing == null) {
            ExitDecision exit = this.position.judge(open, high, low);
            if (exit != null) {
                close(this.position, time, exit);
            }
        }
    }

    /**
     * Closes what is open, as there are no more prices.
     * @param time of the last price, epoch milliseconds
     * @param price the last one, units of 1e-8
     */
    public void end(long time, long price) {
        end(time, price, ExitDecision.Reason.END);
    }

    /**
     * Closes what is open, whatever the strategy says.
     * @param time of the last price, epoch milliseconds
     * @param price the last one, units of 1e-8
     * @param reason why
     */
    public void end(long time, long price, ExitDecision.Reason reason) {
        if (this.position != null && !this.orderPending) {
            close(this.position, time, new ExitDecision(reason, price, false));
        }
    }

    /**
     * Takes what came of an order whose end was awaited. What was to be closed and is
     * still held is closed at the next price, again and again.
     * @param held what is held now; null where nothing is
     */
    public void onExecution(@Nullable Position held) {
        this.orderPending = false;
        this.position = held;
        if (held == null) {
            this.closing = null;
        }
    }

    /**
     * Takes what is held now, and at which prices it is given up, as that has changed
     * beside its own orders.
     * @param held what is held
     */
    public void watch(Position held) {
        this.position = held;
    }

    /**
     * What is held now.
     * @return null where nothing is
     */
    public @Nullable Position position() {
        return this.position;
    }

    /**
     * All that it needs to go on, later or elsewhere.
     * @return its state
     */
    public Snapshot state() {
        return new Snapshot(this.pending, this.position, this.orderPending, this.closing);
    }

    private void act(long time, long price) {
        PendingAction wish = pendingAction();
        if (wish == PendingAction.OPEN) {
            OrderExecutor.Opening opening = this.fills.open(this.pending == Signal.BUY, time, price);
            this.position = opening.position();
            this.orderPending = opening.awaited();
        }
        else if (wish == PendingAction.CLOSE && this.position != null) {
            close(this.position, time, new ExitDecision(ExitDecision.Reason.OPPOSITE, price, false));
        }
    }

    private void close(Position ended, long time, ExitDecision exit) {
        this.pending = Signal.HOLD;
        if (this.fills.close(ended, time, exit)) {
            this.position = null;
            this.closing = null;
        }
        else {
            this.orderPending = true;
            this.closing = exit.reason();
        }
    }

    /**
     * What a trader will do at the next price.
     */
    public enum PendingAction {

        /** Nothing. */
        NOTHING,
        /** Open a position. */
        OPEN,
        /** Close the one it has. */
        CLOSE

    }

    /**
     * A trader between two prices.
     *
     * @param pending what the strategy said and nobody has acted on
     * @param position what is held, or null
     * @param awaiting whether the end of an order is awaited
     * @param closing why the position is to be closed, from the first try until it is; or
     * null
     */
    public record Snapshot(Signal pending, @Nullable Position position, boolean awaiting,
            ExitDecision.@Nullable Reason closing) {

        /** Nothing held, nothing to do. */
        public static final Snapshot NEW = new Snapshot(Signal.HOLD, null, false, null);

    }

}
