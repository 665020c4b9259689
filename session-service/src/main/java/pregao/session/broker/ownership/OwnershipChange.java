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

    OwnershipChange merge(OwnershipChange next) {
        Set<UUID> mergedLost = new HashSet<>(this.lost);
        mergedLost.addAll(next.lost());
        Map<UUID, Long> mergedGained = new HashMap<>(this.gained);
        mergedGained.keySet().removeAll(next.lost());
        mergedGained.putAll(next.gained());
        return new OwnershipChange(mergedLost, mergedGained);
    }

}
