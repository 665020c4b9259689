package pregao.session.identity.feed;

import java.util.UUID;

import pregao.contracts.feed.Feed;
import pregao.session.identity.security.AuthenticatedUser;

/**
 * A feed and whose it is: only they and admins may change it or write to it.
 *
 * @param settings of the feed
 * @param owner whose it is
 */
public record OwnedFeed(Feed settings, UUID owner) {

    /**
     * Whether somebody may change it and write to it.
     * @param user who
     * @return true for its owner and for admins
     */
    public boolean isWritableBy(AuthenticatedUser user) {
        return this.owner.equals(user.id()) || user.isAdmin();
    }

}
