package pregao.strategy.bot;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * A bot in a response.
 *
 * @param id the bot id
 * @param name the name of the bot
 * @param kind {@code spot} or {@code option}
 * @param account the account id
 * @param money the trading mode
 * @param settings the stored definition, as JSON
 * @param state {@code stopped}, {@code running}, {@code stopping} (opens no more
 * positions and manages the open ones), {@code halted} (like stopping, until a user
 * resolves the cause)
 * @param reason the reason of the state, as free text; may be empty
 * @param createdAt the time of the creation
 * @param startedAt the time of the last start; null if it was never started
 * @param settledAt the time of the last change of the definition
 * @param record the performance of the bot
 */
public record BotResponse(UUID id, String name, String kind, UUID account, String money, @JsonRawValue String settings,
        String state, String reason, Instant createdAt, @Nullable Instant startedAt, Instant settledAt,
        Performance record) {

}
