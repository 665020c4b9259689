package pregao.simulator.polarium;

import java.time.InstantSource;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * All parts of the broker. Only the simulator's one event loop touches them, so they need
 * no locks.
 */
final class SimulatedBroker {

    private final Faults<Fault> faults = new Faults<>(Fault.class);

    private final WebSocketSessionRegistry audience = new WebSocketSessionRegistry();

    private final SimulatorClock clock;

    private final Market market;

    private final Candles candles;

    private final Streams streams;

    private final Wallets wallets;

    private final OptionEngine desk;

    private final Logins logins;

    private final AuxiliaryRpcHandler aside = new AuxiliaryRpcHandler(this);

    SimulatedBroker(long seed, InstantSource source) {
        this.clock = new SimulatorClock(source);
        this.market = new Market(new PriceGenerator(seed), this.clock);
        this.candles = new Candles(this.market, this.clock);
        this.streams = new Streams(this.market, this.candles, this.clock);
        this.wallets = new Wallets(this.audience);
        this.desk = new OptionEngine(this.market, this.wallets, this.audience, this.faults, this.clock);
        this.logins = new Logins(this.clock, seed);
    }

    /**
     * Returns the profile of an account with its balances.
     * @param account whose
     * @return as the broker answers
     */
    ObjectNode profile(Account account) {
        ObjectNode profile = Json.object().put("isSuccessful", true);
        profile.putObject("result")
            .put("user_id", account.userId())
            .put("first_name", "Simulated")
            .put("last_name", "Trader")
            .put("email", account.email())
            .put("currency", Wallet.CURRENCY)
            .put("balance_id", account.demoWallet())
            .put("balance_type", Wallet.DEMO)
            .set("balances", this.wallets.list(account));
        return profile;
    }

    AuxiliaryRpcHandler aside() {
        return this.aside;
    }

    void add(Account account) {
        this.logins.add(account);
        this.wallets.open(account);
    }

    Faults<Fault> faults() {
        return this.faults;
    }

    WebSocketSessionRegistry audience() {
        return this.audience;
    }

    SimulatorClock clock() {
        return this.clock;
    }

    Market market() {
        return this.market;
    }

    Candles candles() {
        return this.candles;
    }

    Streams streams() {
        return this.streams;
    }

    Wallets wallets() {
        return this.wallets;
    }

    OptionEngine desk() {
        return this.desk;
    }

    Logins logins() {
        return this.logins;
    }

}
