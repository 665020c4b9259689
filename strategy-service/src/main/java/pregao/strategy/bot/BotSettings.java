package pregao.strategy.bot;

import java.util.List;

import pregao.contracts.Instrument;

/**
 * What a bot follows, and on what.
 *
 * @param plan what it follows
 * @param instruments on what
 */
public record BotSettings(Plan plan, List<Instrument> instruments) {

    public BotSettings {
        instruments = List.copyOf(instruments);
    }

}
