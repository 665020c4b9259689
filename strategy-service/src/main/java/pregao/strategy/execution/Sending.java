package pregao.strategy.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

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

    private static final int LOGGED = 10_000;

    private static final Duration SOON = Duration.ofMillis(250);

    private static final Duration LATER = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One at a time of each order by this replica. */
    private final Map<UUID, Boolean> busy = new ConcurrentHashMap<>();

    /** Those of which it was logged that nobody knows; each is logged once. */
    private final Cache<UUID, Boolean> unknown = Caffeine.newBuilder().maximumSize(LOGGED).build();

    private final SessionClient session;

    private final DueOrders due;

    private final Outcomes outcomes;

    private final ExchangeRates rates;

    private final Counter unclear;

    private final Clock clock;

    Sending(SessionClient session, DueOrders due, Outcomes outcomes, ExchangeRates rates, MeterRegistry meters,
            Clock clock) {
        this.session = session;
        this.due = due;
        this.outcomes = outcomes;
        this.rates = rates;
        this.unclear = Counter.builder("pregao.orders.unclear.answers")
            .description("Answers of session-service that do not say what became of an order")
            .register(meters);
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
        // Also after its validity: session-service then says that it is too late.
        SessionAnswer answer = (order.state() == OrderState.NEW) ? this.session.place(order.id(), OrderWish.of(order))
                : this.session.order(order.id());
        switch (answer) {
            case SessionAnswer.Said said -> said(order, said);
            case SessionAnswer.Nothing _ -> unknown(order, "session-service answered 404");
            case SessionAnswer.Refused refused -> unknown(order, "session-service refuses: " + refused.why());
            case SessionAnswer.Unclear unclear -> unknown(order, unclear.why());
        }
    }

    private void said(Order order, SessionAnswer.Said said) {
        Order after = Ended.isAbout(order, said.body()) ? ended(order, said.body().path("outcome")) : null;
        if (after == null) {
            unknown(order, "session-service answered something that is not this order");
            return;
        }
        this.unknown.invalidate(order.id());
        boolean news = after.state() != order.state();
        if (news) {
            this.outcomes.write(after);
        }
        if (after.state().isOpen()) {
            this.due.later(order.id(), this.clock.instant().plus(order.side().isOption() ? SOON : LATER));
        }
    }

    private @Nullable Order ended(Order order, JsonNode outcome) {
        long now = this.clock.millis();
        return Ended.of(order, outcome, now, (asset) -> this.rates.at(order.instrument().feed(), asset,
                this.rates.currency(order.owner().account()), now));
    }

    /**
     * Only what session-service says of this very order ends it: a failed login, a
     * proxy's page or a refused request say nothing about what the broker has.
     */
    private void unknown(Order order, String why) {
        if (this.unknown.asMap().putIfAbsent(order.id(), Boolean.TRUE) == null) {
            log.warn("order {} of account {} is unknown and is asked about until it is known: {}", order.id(),
                    order.owner().account().id(), why);
        }
        this.unclear.increment();
        Instant now = this.clock.instant();
        boolean valid = order.validUntil() != null && now.toEpochMilli() < order.validUntil();
        this.due.later(order.id(), now.plus(valid ? SOON : LATER));
    }

    @Override
    public void destroy() {
        this.threads.shutdownNow();
    }

}
