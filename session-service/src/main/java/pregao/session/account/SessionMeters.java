package pregao.session.account;

import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import pregao.contracts.session.SessionChange;

/**
 * How many sessions at brokers this replica speaks for, by broker and state.
 */
@Component
class SessionMeters {

    private static final List<SessionChange> STATES = List.of(SessionChange.OPENED, SessionChange.LOST,
            SessionChange.CODE_WANTED);

    SessionMeters(MeterRegistry meters, Brokers brokers, OpenSessions sessions) {
        brokers.all()
            .forEach((broker) -> STATES.forEach((state) -> Gauge
                .builder("pregao.broker.sessions", sessions, (all) -> count(all, broker.name(), state))
                .tags("broker", broker.name(), "state", state.text())
                .register(meters)));
    }

    private static long count(OpenSessions sessions, String broker, SessionChange state) {
        return sessions.all()
            .stream()
            .filter((open) -> open.state() == state && open.account().broker().equals(broker))
            .count();
    }

}
