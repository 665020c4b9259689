package pregao.simulator.binance;

import java.time.InstantSource;

import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Faults;
import pregao.simulator.LocalBroker;

/**
 * Binance on this machine.
 */
public final class BinanceSimulator extends LocalBroker<Fault> {

    private static final int SETTLING_MILLIS = 1000;

    private final SimulatedBroker broker;

    private final ControlHandler control;

    /**
     * A simulator of which nothing listens yet.
     * @param seed the same seed, the same prices
     * @param clock the broker's, before anybody shifts it
     */
    public BinanceSimulator(long seed, InstantSource clock) {
        super("binance-simulator");
        this.broker = new SimulatedBroker(seed, clock);
        this.control = new ControlHandler(this.broker);
        repeat(SETTLING_MILLIS, () -> this.broker.desk().settle());
    }

    @Override
    protected void open(HttpServerRoutes routes) {
        new HttpRoutes(this.broker, this.control).open(routes);
    }

    @Override
    protected Faults<Fault> faults() {
        return this.broker.faults();
    }

    @Override
    protected JsonNode obey(String path) {
        return this.control.obey(path);
    }

    /**
     * Opens an account.
     * @param kind how its requests are signed
     * @return the account, with 100,000 USDT, 10 ETH and 1 BTC
     */
    public Account open(KeyKind kind) {
        return on(() -> this.broker.keys().open(kind));
    }

}
