package pregao.session.broker.account;

import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.contracts.session.BrokerSessionEventType;

/**
 * Metrics of the sessions on this replica, by broker and state.
 */
@Component
class SessionMetrics {

    private static final List<BrokerSessionEventType> STATES = List.of(BrokerSessionEventType.OPENED,
            BrokerSessionEventType.LOST, BrokerSessionEventType.CODE_WANTED);

    SessionMetrics(MeterRegistry meterRegistry, BrokerRegistry brokers, BrokerSessionRegistry sessions) {
        brokers.getAll()
            .forEach((broker) -> STATES.forEach((state) -> Gauge
                .builder("pregao.broker.sessions", sessions, (registry) -> count(registry, broker.name(), state))
                .tags("broker", broker.name(), "state", state.text())
                .register(meterRegistry)));
    }

    private static long count(BrokerSessionRegistry sessions, String broker, BrokerSessionEventType state) {
        return sessions.getAll()
            .stream()
            .filter((managedSession) -> managedSession.state() == state
                    && managedSession.account().broker().equals(broker))
            .count();
    }

}
