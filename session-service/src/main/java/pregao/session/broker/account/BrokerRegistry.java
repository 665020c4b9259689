package pregao.session.broker.account;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

import pregao.session.broker.api.BrokerDefinition;

/**
 * The configured brokers.
 */
@Component
class BrokerRegistry {

    private final Map<String, BrokerDefinition> byName = new LinkedHashMap<>();

    BrokerRegistry(List<BrokerDefinition> brokers) {
        brokers.forEach((broker) -> this.byName.put(broker.name(), broker));
    }

    Collection<BrokerDefinition> getAll() {
        return this.byName.values();
    }

    Optional<BrokerDefinition> findByName(String name) {
        return Optional.ofNullable(this.byName.get(name));
    }

}
