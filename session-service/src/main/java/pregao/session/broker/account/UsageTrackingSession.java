package pregao.session.broker.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerInstrument;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.OwnershipCheck;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.SessionState;

/**
 * A session as callers get it. Its requests and streams keep the session from becoming
 * idle.
 */
record UsageTrackingSession(BrokerSession session, UsageTracker use) implements BrokerSession {

    @Override
    public Flux<SessionState> states() {
        return this.session.states();
    }

    @Override
    public Credentials credentials() {
        return this.session.credentials();
    }

    @Override
    public Mono<List<Balance>> balances() {
        return track(this.session.balances());
    }

    @Override
    public Mono<List<BrokerInstrument>> instruments() {
        return track(this.session.instruments());
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return track(this.session.candles(symbol, seconds, from, to));
    }

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol, int seconds) {
        return Flux.using(this::beginUse, (tracker) -> this.session.streamCandles(symbol, seconds),
                UsageTracker::endUse);
    }

    @Override
    public boolean supportsClientOrderIds() {
        return this.session.supportsClientOrderIds();
    }

    @Override
    public Optional<String> findViolation(BrokerOrder order) {
        return this.session.findViolation(order);
    }

    @Override
    public Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck ownershipCheck) {
        return track(this.session.place(order, ownershipCheck));
    }

    @Override
    public Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long brokerId) {
        return track(this.session.orderState(order, brokerId));
    }

    @Override
    public Flux<BrokerOrderState> orderUpdates() {
        return this.session.orderUpdates();
    }

    @Override
    public Mono<Void> close() {
        return this.session.close();
    }

    private <T> Mono<T> track(Mono<T> request) {
        return Mono.using(this::beginUse, (tracker) -> request, UsageTracker::endUse);
    }

    private UsageTracker beginUse() {
        this.use.beginUse();
        return this.use;
    }

    @Override
    public String toString() {
        return "UsageTrackingSession[hidden]";
    }

}
