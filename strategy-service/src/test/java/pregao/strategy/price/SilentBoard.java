package pregao.strategy.price;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.echo.SilentEcho;

/**
 * A board that nobody listens to.
 */
public final class SilentBoard {

    private SilentBoard() {
    }

    public static PriceBoard make() {
        return new PriceBoard(SilentEcho.make(Duration.ofSeconds(1), JsonMapper.shared()), new PriceSettings("mt5"));
    }

    /**
     * Makes one where a process ends as it reads a price.
     * @param most how many prices it reads before
     * @return a board that fails then
     */
    public static PriceBoard failingAfter(int most) {
        AtomicInteger read = new AtomicInteger();
        return new PriceBoard(SilentEcho.make(Duration.ofSeconds(1), JsonMapper.shared()), new PriceSettings("mt5")) {
            @Override
            public void saw(String key, byte @Nullable [] value) {
                if (read.incrementAndGet() > most) {
                    throw new IllegalStateException("the process ends");
                }
            }
        };
    }

}
