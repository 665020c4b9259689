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

    private final Talks talks = new Talks();

    private final SimulatorClock clock;

    private final Prices prices;

    private final Limits limits;

    private final PublicCalls publicCalls;

    private final MarketEvents events;

    private final Keys keys;

    private final OrderDesk desk;

    private final OrderCalls orderCalls;

    private final AccountCalls accountCalls;

    private Life life = Life.DEFAULT;

    SimulatedBroker(long seed, InstantSource source) {
        this.clock = new SimulatorClock(source);
        this.prices = new Prices(seed);
        Klines klines = new Klines(this.prices, this.clock);
        this.limits = new Limits(this.clock);
        Book book = new Book(this.prices, this.clock);
        this.publicCalls = new PublicCalls(this.prices, klines, book, this.limits, this.clock);
        this.events = new MarketEvents(this.prices, klines, this.clock, this.faults);
        this.keys = new Keys(this.clock);
        this.desk = new OrderDesk(book, new Fees(book), new UserEvents(this.talks, this.faults, this.clock),
                this.faults, this.clock);
        this.orderCalls = new OrderCalls(this.desk, this.publicCalls, this.faults, this.clock);
        this.accountCalls = new AccountCalls(this.desk, this.faults, this.clock);
    }

    /**
     * Does what is asked.
     * @param endpoint what
     * @param asked with which parameters, signed by whom
     * @return the answer
     * @throws Refusal where there is another one
     * @throws Silence where there is none
     */
    JsonNode answer(Endpoint endpoint, Asked asked) {
        stop(this.faults.strike(Fault.TOO_MANY_REQUESTS), false);
        stop(this.faults.strike(Fault.BANNED), true);
        int weight = endpoint.weight(asked.parameters());
        this.limits.take(weight);
        if (this.faults.strikes(Fault.FIREWALL)) {
            throw new Refusal(403, 0, "Forbidden", 0);
        }
        if (!endpoint.isSigned()) {
            return this.publicCalls.answer(endpoint, asked.parameters());
        }
        Account account = this.keys.signer(asked);
        if (endpoint == Endpoint.TEST) {
            return this.orderCalls.answer(endpoint, account, asked.parameters());
        }
        if (!endpoint.isOrder()) {
            return this.accountCalls.answer(endpoint, account, asked.parameters());
        }
        JsonNode answer = this.orderCalls.answer(endpoint, account, asked.parameters());
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

    Talks talks() {
        return this.talks;
    }

    SimulatorClock clock() {
        return this.clock;
    }

    Prices prices() {
        return this.prices;
    }

    Limits limits() {
        return this.limits;
    }

    PublicCalls publicCalls() {
        return this.publicCalls;
    }

    MarketEvents events() {
        return this.events;
    }

    Keys keys() {
        return this.keys;
    }

    OrderDesk desk() {
        return this.desk;
    }

    Life life() {
        return this.life;
    }

    void life(Life next) {
        this.life = next;
    }

}
