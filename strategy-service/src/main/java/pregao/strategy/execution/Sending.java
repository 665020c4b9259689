package pregao.strategy.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

import pregao.strategy.account.Money;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.session.SessionAnswer;
import pregao.strategy.session.SessionClient;

/**
 * Sends orders once they are written down, and asks what became of them. Any replica may
 * send the same order: session-service knows it by its id and sends it on once.
 */
@Component
public class Sending implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    /** So long after its validity an order may still arrive. */
    private static final Duration ARRIVAL = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofMillis(250);

    private static final Duration LATER = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One at a time of each order by this replica. */
    private final Map<UUID, Boolean> busy = new ConcurrentHashMap<>();

    /** Those of which it was said that nobody knows. */
    private final Set<UUID> unclear = ConcurrentHashMap.newKeySet();

    private final SessionClient session;

    private final DueOrders due;

    private final Outcomes outcomes;

    private final Clock clock;

    Sending(SessionClient session, DueOrders due, Outcomes outcomes, Clock clock) {
        this.session = session;
        this.due = due;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Sends orders that are written down, at once; those of paper are not sent at all.
     * @param orders new ones
     */
    public void send(List<Order> orders) {
        for (Order order : orders) {
            if (isToBeSent(order)) {
                begin(order);
            }
        }
    }

    /**
     * Whether an order goes to a broker.
     * @param order which
     * @return false on paper
     */
    public static boolean isToBeSent(Order order) {
        return order.owner().account().money() != Money.PAPER;
    }

    /** One turn; only the thread of the sweep comes here. */
    void sweep() {
        Set<UUID> known = Set.copyOf(this.busy.keySet());
        this.due.claim(known).forEach(this::begin);
    }

    private void begin(Order order) {
        if (this.busy.putIfAbsent(order.id(), Boolean.TRUE) == null) {
            this.threads.execute(() -> {
                try {
                    attend(order);
                }
                catch (RuntimeException ex) {
                    // The sweep comes back to it, as its time is due.
                    log.warn("order {} is looked after later: {}", order.id(), ex.toString());
                }
                finally {
                    this.busy.remove(order.id());
                }
            });
        }
    }

    private void attend(Order order) {
        long now = this.clock.millis();
        long valid = (order.validUntil() != null) ? order.validUntil() : 0;
        SessionAnswer answer = (order.state() == OrderState.NEW && now < valid)
                ? this.session.place(order.id(), OrderWish.of(order)) : this.session.order(order.id());
        switch (answer) {
            case SessionAnswer.Said said -> said(order, said);
            case SessionAnswer.Nothing _ -> nothing(order, valid);
            case SessionAnswer.Refused refused -> {
                this.unclear.remove(order.id());
                log.warn("order {} is refused: {}", order.id(), refused.why());
                this.outcomes.write(order.became(OrderState.NOT_SENT, "refused", refused.why()));
            }
            case SessionAnswer.Unclear unclear -> {
                if (this.unclear.add(order.id())) { // it is asked again several times a
                                                    // second
                    log.info("order {} is asked about until it is known: {}", order.id(), unclear.why());
                }
                this.due.later(order.id(), this.clock.instant().plus(SOON));
            }
        }
    }

    private void said(Order order, SessionAnswer.Said said) {
        this.unclear.remove(order.id());
        Order after = Ended.of(order, said.body().path("outcome"), this.clock.millis());
        boolean news = after.state() != order.state();
        if (news) {
            this.outcomes.write(after);
        }
        if (after.state().isOpen()) {
            this.due.later(order.id(), this.clock.instant().plus(order.side().isOption() ? SOON : LATER));
        }
    }

    private void nothing(Order order, long valid) {
        if (this.clock.millis() > valid + ARRIVAL.toMillis()) {
            this.unclear.remove(order.id());
            this.outcomes.write(order.became(OrderState.NOT_SENT, "too_late", "It was valid for too short a time"));
        }
        else {
            this.due.later(order.id(), this.clock.instant().plus(SOON));
        }
    }

    @Override
    public void destroy() {
        this.threads.shutdownNow();
    }

}
