package pregao.strategy.price;

import java.time.Duration;

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

}
