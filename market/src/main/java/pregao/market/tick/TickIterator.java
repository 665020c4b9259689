package pregao.market.tick;

import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.PriceBasis;

/**
 * Steps through the accepted or the held ticks of some minutes, past those without a
 * price.
 */
final class TickIterator {

    private final List<? extends ScreenedMinute> minutes;

    private final PriceBasis basis;

    private final boolean held;

    private final int step;

    private int minute;

    private int index;

    private @Nullable MinuteTickBuffer ticks;

    /**
     * A walk.
     * @param minutes in order
     * @param basis which price counts
     * @param start the first place, maybe just outside its minute
     * @param step 1 forwards, -1 backwards
     */
    TickIterator(List<? extends ScreenedMinute> minutes, PriceBasis basis, TickPosition start, int step) {
        this.minutes = minutes;
        this.basis = basis;
        this.held = start.held();
        this.step = step;
        this.minute = start.minute();
        this.index = start.index();
        this.ticks = ticks();
        skip();
    }

    private @Nullable MinuteTickBuffer ticks() {
        if (this.minute < 0 || this.minute >= this.minutes.size()) {
            return null;
        }
        ScreenedMinute screenedMinute = this.minutes.get(this.minute);
        return this.held ? screenedMinute.held() : screenedMinute.ticks();
    }

    /** Goes on to the next tick with a price, which is maybe the one it is at. */
    private void skip() {
        while (this.minute >= 0 && this.minute < this.minutes.size()) {
            int size = (this.ticks != null) ? this.ticks.size() : 0;
            if (this.index >= 0 && this.index < size) {
                if (price() != 0) {
                    return;
                }
                this.index += this.step;
            }
            else {
                this.minute += this.step;
                this.ticks = ticks();
                this.index = (this.step > 0 || this.ticks == null) ? 0 : this.ticks.size() - 1;
            }
        }
        this.ticks = null;
    }

    boolean isValid() {
        return this.ticks != null;
    }

    void step() {
        this.index += this.step;
        skip();
    }

    TickPosition place() {
        return new TickPosition(this.held, this.minute, this.index);
    }

    long time() {
        return current().time(this.index);
    }

    long price() {
        MinuteTickBuffer minuteTickBuffer = current();
        return this.basis.of(minuteTickBuffer.bid(this.index), minuteTickBuffer.ask(this.index),
                minuteTickBuffer.last(this.index));
    }

    /**
     * Whether this tick is met before another one on the same way.
     * @param other a walk through held ticks
     */
    boolean isNearer(TickIterator other) {
        int order = Long.compare(time(), other.time());
        if (order == 0) {
            order = Integer.compare(current().seq(this.index), other.current().seq(other.index));
        }
        // Accepted ticks are before held ones of the same time and seq.
        return (this.step > 0) ? order <= 0 : order > 0;
    }

    private MinuteTickBuffer current() {
        if (this.ticks == null) {
            throw new IllegalStateException("the walk is over");
        }
        return this.ticks;
    }

}
