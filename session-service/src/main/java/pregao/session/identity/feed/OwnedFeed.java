package pregao.session.identity.feed;

import java.util.UUID;

import pregao.contracts.feed.Feed;
import pregao.session.identity.security.AuthenticatedUser;

/**
 * Feed with its owner. Only the owner and admins may change the feed or write to it.
 *
 * @param settings the settings of the feed
 * @param owner the ID of the owner
 */
public record OwnedFeed(Feed settings, UUID owner) {

    /**
     * Returns whether a user may change the feed and write to it.
     * @param user the user
     * @return true for the owner and for admins
     */
    public boolean isWritableBy(AuthenticatedUser user) {
        return this.owner.equals(user.id()) || user.isAdmin();
    }

}
