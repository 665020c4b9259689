package pregao.contracts.session;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.EpochMillis;

/**
 * Something that happened to a user's session at a broker, to its account, or to the
 * user.
 *
 * @param account the user's account at the broker; null where the user was erased
 * @param user whose it is
 * @param broker the broker's name; empty where the user was erased
 * @param change what happened
 * @param reason in words for the user; may be empty
 * @param at when, epoch milliseconds
 */
public record BrokerSessionEvent(@Nullable UUID account, UUID user, String broker, BrokerSessionEventType change,
        String reason, long at) {

    public BrokerSessionEvent {
        boolean erased = change == BrokerSessionEventType.USER_ERASED;
        if (broker.isBlank() != erased || (account == null) != erased) {
            throw new IllegalArgumentException("a session is at a broker, and an erased user has none");
        }
        EpochMillis.checked(at);
    }

    /**
     * That a user was erased.
     * @param user who
     * @param at when, epoch milliseconds
     * @return the event
     */
    public static BrokerSessionEvent erased(UUID user, long at) {
        return new BrokerSessionEvent(null, user, "", BrokerSessionEventType.USER_ERASED, "", at);
    }

}
