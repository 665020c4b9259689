package pregao.session.broker.ownership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The difference between the accounts that a replica owned before and owns now.
 *
 * @param lost the accounts that it no longer owns
 * @param gained the epochs of newly owned accounts, by account
 */
public record OwnershipChange(Set<UUID> lost, Map<UUID, Long> gained) {

    public OwnershipChange {
        lost = Set.copyOf(lost);
        gained = Map.copyOf(gained);
    }

    OwnershipChange merge(OwnershipChange next) {
        Set<UUID> mergedLost = new HashSet<>(this.lost);
        mergedLost.addAll(next.lost());
        Map<UUID, Long> mergedGained = new HashMap<>(this.gained);
        mergedGained.keySet().removeAll(next.lost());
        mergedGained.putAll(next.gained());
        return new OwnershipChange(mergedLost, mergedGained);
    }

}
