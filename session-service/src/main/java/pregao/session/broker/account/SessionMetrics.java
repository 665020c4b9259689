package pregao.session.broker.account;

import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.contracts.session.BrokerSessionEventType;

/**
 * How many sessions at brokers this replica speaks for, by broker and state.
 */
@Component
class SessionMetrics {

    private static final List<BrokerSessionEventType> STATES = List.of(BrokerSessionEventType.OPENED,
            BrokerSessionEventType.LOST, BrokerSessionEventType.CODE_WANTED);

    SessionMetrics(MeterRegistry meters, BrokerRegistry brokers, BrokerSessionRegistry sessions) {
        brokers.all()
            .forEach(
                    (broker) -> STATES
                        .forEach(
                                (state) -> Gauge
                                    .builder("pregao.broker.sessions", sessions,
                                            (brokerSessionRegistry) -> count(brokerSessionRegistry, broker.name(),
                                                    state))
                                    .tags("broker", broker.name(), "state", state.text())
                                    .register(meters)));
    }

    private static long count(BrokerSessionRegistry sessions, String broker, BrokerSessionEventType state) {
        return sessions.all()
            .stream()
            .filter((open) -> open.state() == state && open.account().broker().equals(broker))
            .count();
    }

}
