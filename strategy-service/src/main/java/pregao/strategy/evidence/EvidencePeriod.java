package pregao.strategy.evidence;

import java.time.Instant;
import java.util.UUID;

/**
 * The part of a bot's history that a report covers.
 *
 * @param bot the id of the bot
 * @param since the time before which records do not count, because the bot had a
 * different plan
 * @param from the start of the candles, inclusive
 * @param to the end of the candles, exclusive
 */
record EvidencePeriod(UUID bot, Instant since, Instant from, Instant to) {

}
