package pregao.strategy.bot;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * A bot as its owner is told of it.
 *
 * @param id which
 * @param name what its owner calls it
 * @param kind {@code spot} or {@code option}
 * @param account with which account
 * @param money with which money
 * @param settings as its owner wants it
 * @param state {@code stopped}, {@code running}, {@code stopping} (it opens nothing more,
 * and looks after what it holds), {@code halted} (as stopping, until a person has looked)
 * @param reason why it stands so, in words; may be empty
 * @param createdAt when it was made
 * @param startedAt when it was last started; null where it never was
 * @param settledAt when its plan was last changed
 * @param record what it has done
 */
public record BotResponse(UUID id, String name, String kind, UUID account, String money, @JsonRawValue String settings,
        String state, String reason, Instant createdAt, @Nullable Instant startedAt, Instant settledAt,
        Performance record) {

}
