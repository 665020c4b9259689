package pregao.session.broker.ownership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a replica owns other than before.
 *
 * @param lost accounts owned no longer
 * @param gained accounts owned, and not known to be; the epochs by account
 */
public record OwnershipChange(Set<UUID> lost, Map<UUID, Long> gained) {

    public OwnershipChange {
        lost = Set.copyOf(lost);
        gained = Map.copyOf(gained);
    }

    OwnershipChange and(OwnershipChange next) {
        Set<UUID> allLost = new HashSet<>(this.lost);
        allLost.addAll(next.lost());
        Map<UUID, Long> allGained = new HashMap<>(this.gained);
        allGained.keySet().removeAll(next.lost());
        allGained.putAll(next.gained());
        return new OwnershipChange(allLost, allGained);
    }

}
