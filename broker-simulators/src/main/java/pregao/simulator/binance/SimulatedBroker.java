package pregao.simulator.binance;

import java.time.InstantSource;
import java.util.OptionalLong;

import tools.jackson.databind.JsonNode;

import pregao.simulator.Faults;

/**
 * All parts of the broker. Only the simulator's one event loop touches them, so they need
 * no locks.
 */
final class SimulatedBroker {

    private final Faults<Fault> faults = new Faults<>(Fault.class);

    private final WebSocketSessionRegistry talks = new WebSocketSessionRegistry();

    private final SimulatorClock clock;

    private final PriceGenerator prices;

    private final Limits limits;

    private final PublicEndpoints publicCalls;

    private final MarketEvents events;

    private final ApiKeyStore keys;

    private final MatchingEngine desk;

    private final OrderEndpoints orderCalls;

    private final AccountEndpoints accountCalls;

    private ConnectionLifetime life = ConnectionLifetime.DEFAULT;

    SimulatedBroker(long seed, InstantSource source) {
        this.clock = new SimulatorClock(source);
        this.prices = new PriceGenerator(seed);
        Klines klines = new Klines(this.prices, this.clock);
        this.limits = new Limits(this.clock);
        OrderBook book = new OrderBook(this.prices, this.clock);
        this.publicCalls = new PublicEndpoints(this.prices, klines, book, this.limits, this.clock);
        this.events = new MarketEvents(this.prices, klines, this.clock, this.faults);
        this.keys = new ApiKeyStore(this.clock);
        this.desk = new MatchingEngine(book, new Fees(book), new UserEvents(this.talks, this.faults, this.clock),
                this.faults, this.clock);
        this.orderCalls = new OrderEndpoints(this.desk, this.publicCalls, this.faults, this.clock);
        this.accountCalls = new AccountEndpoints(this.desk, this.faults, this.clock);
    }

    /**
     * Does what is asked.
     * @param endpoint what
     * @param signedRequest with which parameters, signed by whom
     * @return the answer
     * @throws ApiErrorException where there is another one
     * @throws NoResponseException where there is none
     */
    JsonNode answer(Endpoint endpoint, SignedRequest signedRequest) {
        stop(this.faults.strike(Fault.TOO_MANY_REQUESTS), false);
        stop(this.faults.strike(Fault.BANNED), true);
        int weight = endpoint.weight(signedRequest.parameters());
        this.limits.take(weight);
        if (this.faults.strikes(Fault.FIREWALL)) {
            throw new ApiErrorException(403, 0, "Forbidden", 0);
        }
        if (!endpoint.isSigned()) {
            return this.publicCalls.answer(endpoint, signedRequest.parameters());
        }
        Account account = this.keys.signer(signedRequest);
        if (endpoint == Endpoint.TEST) {
            return this.orderCalls.answer(endpoint, account, signedRequest.parameters());
        }
        if (!endpoint.isOrder()) {
            return this.accountCalls.answer(endpoint, account, signedRequest.parameters());
        }
        JsonNode answer = this.orderCalls.answer(endpoint, account, signedRequest.parameters());
        this.limits.giveBack(weight);
        return answer;
    }

    private void stop(OptionalLong seconds, boolean ban) {
        if (seconds.isPresent()) {
            this.limits.stop(seconds.getAsLong() * 1000, ban);
            throw this.limits.refusal();
        }
    }

    /** Forgets orders and balances, as the test network does about once a month. */
    void reset() {
        this.desk.reset();
        this.keys.accounts().forEach(Account::reset);
    }

    Faults<Fault> faults() {
        return this.faults;
    }

    WebSocketSessionRegistry talks() {
        return this.talks;
    }

    SimulatorClock clock() {
        return this.clock;
    }

    PriceGenerator prices() {
        return this.prices;
    }

    Limits limits() {
        return this.limits;
    }

    PublicEndpoints publicCalls() {
        return this.publicCalls;
    }

    MarketEvents events() {
        return this.events;
    }

    ApiKeyStore keys() {
        return this.keys;
    }

    MatchingEngine desk() {
        return this.desk;
    }

    ConnectionLifetime life() {
        return this.life;
    }

    void life(ConnectionLifetime next) {
        this.life = next;
    }

}
