package pregao.strategy.evidence;

import java.time.Instant;
import java.util.UUID;

/**
 * Which part of what a bot did is looked at.
 *
 * @param bot which
 * @param since what was written down before does not count: it followed something else
 * @param from the first moment, of candles; inclusive
 * @param to the end, of candles; exclusive
 */
record EvidencePeriod(UUID bot, Instant since, Instant from, Instant to) {

}
