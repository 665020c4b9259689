package pregao.simulator.polarium;

import java.time.InstantSource;

import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Faults;
import pregao.simulator.LocalBroker;

/**
 * Polarium on this machine.
 */
public final class PolariumSimulator extends LocalBroker<Fault> {

    private static final int SETTLING_MILLIS = 50;

    private final SimulatedBroker broker;

    private final ControlHandler control;

    private long users;

    /**
     * A simulator of which nothing listens yet.
     * @param seed the same seed, the same prices
     * @param clock the broker's, before anybody shifts it
     */
    public PolariumSimulator(long seed, InstantSource clock) {
        super("polarium-simulator");
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
     * @param email the identifier
     * @param password of the login
     * @param kind how its logins are treated
     * @return the account, with 10,000 of play money
     */
    public Account open(String email, String password, AccountKind kind) {
        return on(() -> {
            Account account = new Account(email, password, kind, 1000 + this.users++);
            this.broker.add(account);
            return account;
        });
    }

}
