package pregao.session.feed;

import java.util.UUID;

import pregao.contracts.feed.Feed;
import pregao.session.access.Person;

/**
 * A feed and whose it is: only they and admins may change it or write to it.
 *
 * @param settings of the feed
 * @param owner whose it is
 */
public record OwnedFeed(Feed settings, UUID owner) {

    /**
     * Whether somebody may change it and write to it.
     * @param person who
     * @return true for its owner and for admins
     */
    public boolean mayBeWrittenBy(Person person) {
        return this.owner.equals(person.id()) || person.isAdmin();
    }

}
