package pregao.session.account;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

import pregao.session.broker.KnownBroker;

/**
 * The brokers that this installation is set up for.
 */
@Component
class Brokers {

    private final Map<String, KnownBroker> byName = new LinkedHashMap<>();

    Brokers(List<KnownBroker> brokers) {
        brokers.forEach((broker) -> this.byName.put(broker.name(), broker));
    }

    Collection<KnownBroker> all() {
        return this.byName.values();
    }

    Optional<KnownBroker> named(String name) {
        return Optional.ofNullable(this.byName.get(name));
    }

}
