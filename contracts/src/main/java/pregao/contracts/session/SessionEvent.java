package pregao.contracts.session;

import java.util.UUID;

import pregao.contracts.Moment;

/**
 * Something that happened to a user's session at a broker.
 *
 * @param account the user's account at the broker
 * @param user whose it is
 * @param broker the broker's name
 * @param change what happened
 * @param reason in words for the user; may be empty
 * @param at when, epoch milliseconds
 */
public record SessionEvent(UUID account, UUID user, String broker, SessionChange change, String reason, long at) {

    public SessionEvent {
        if (broker.isBlank()) {
            throw new IllegalArgumentException("a session is at a broker");
        }
        Moment.checked(at);
    }

}
