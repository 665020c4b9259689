package pregao.stack;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.stack.postgres.LocalPostgres;
import pregao.stack.process.Ports;
import pregao.stack.process.Signal;
import pregao.stack.process.StartFailed;
import pregao.stack.service.Service;
import pregao.stack.state.PartReport;
import pregao.stack.state.StackReport;
import pregao.stack.state.StackReport.Phase;
import pregao.stack.state.StateFile;
import pregao.stack.state.StateWriter;
import pregao.stack.supervision.Parts;
import pregao.stack.supervision.Supervised;

/**
 * The whole system on one machine, for a person and for tests: starts it, keeps it
 * running, tells of it, ends it.
 */
public final class LocalStack implements AutoCloseable {

    /** The name of the database. */
    public static final String POSTGRES = "postgres";

    /** The name of the broker. */
    public static final String KAFKA = "kafka";

    /** The name of the cache. */
    public static final String REDIS = "redis";

    private final StackSettings settings;

    private final StateFile stateFile;

    private final StateWriter stateWriter;

    private final List<String> orphans;

    private final Servers servers;

    private final Services services;

    private final Keys keys;

    private final Consumer<StackReport> listener;

    private final Parts parts = new Parts();

    private volatile Phase phase = Phase.STARTING;

    private volatile @Nullable TrainingThread training;

    private volatile String failure = "";

    private boolean closed;

    private LocalStack(StackSettings settings, StateFile stateFile, Consumer<StackReport> listener) {
        this.settings = settings;
        this.stateFile = stateFile;
        this.listener = listener;
        this.stateWriter = new StateWriter(stateFile, this::report);
        this.servers = new Servers(settings);
        this.keys = new Keys(settings.home());
        this.services = new Services(settings, this.servers, this.keys, this::changed);
        this.orphans = new Leftovers(settings, this.servers).clear();
    }

    /**
     * Starts everything and waits until it is ready.
     * @param settings with what
     * @return the running stack
     * @throws StartFailed with what can be done about it
     */
    public static LocalStack start(StackSettings settings) {
        LocalStack stack = create(settings, (report) -> {
        });
        stack.startAll();
        return stack;
    }

    /**
     * Takes the data folder and ends what a killed run left in it and cannot be taken
     * over; starts nothing yet.
     * @param settings with what
     * @param listener is told of each change
     * @return the stack
     * @throws StartFailed where another one has the data folder, or a port
     */
    public static LocalStack create(StackSettings settings, Consumer<StackReport> listener) {
        StateFile stateFile = new StateFile(settings.home());
        if (!stateFile.take()) {
            throw new StartFailed("a stack runs already in " + settings.home() + "; ./pregao status tells more");
        }
        try {
            return new LocalStack(settings.withPorts(settings.ports().chosen()), stateFile, listener);
        }
        catch (RuntimeException ex) {
            stateFile.close();
            throw ex;
        }
    }

    /**
     * Starts the servers, then the services in the order of the flow, and waits until all
     * are ready.
     * @throws StartFailed with what can be done about it; everything is ended then
     */
    public void startAll() {
        try {
            this.servers.own(this::changed).forEach(this.parts::add);
            Simulators.of(this.settings, this::changed).forEach(this.parts::add);
            Parts.together(this.parts.all(), Supervised::start);
            List<Supervised> started = this.services.wanted();
            started.forEach(this.parts::add);
            Parts.together(started, Supervised::start);
            this.parts.all().forEach((part) -> part.awaitReady(this.settings.patience()));
            this.phase = Phase.READY;
            changed();
        }
        catch (StartFailed ex) {
            this.failure = String.valueOf(ex.getMessage());
            close();
            throw ex;
        }
        if (this.settings.training()) {
            this.training = TrainingThread.start(this.settings, this.services.environment());
        }
    }

    /**
     * What a killed run had left behind and was ended.
     * @return names of parts
     */
    public List<String> orphans() {
        return this.orphans;
    }

    /**
     * What a killed run had left behind and was taken over.
     * @return names of parts
     */
    public List<String> adopted() {
        return this.parts.all().stream().filter(Supervised::isAdopted).map(Supervised::name).toList();
    }

    private void changed() {
        this.stateWriter.write();
        this.listener.accept(report());
    }

    /**
     * A report without secrets.
     * @return how everything is
     */
    public StackReport report() {
        List<PartReport> reports = new ArrayList<>(this.servers.external());
        reports.addAll(this.parts.reports());
        return new StackReport(ProcessHandle.current().pid(), this.phase, this.failure, reports);
    }

    /**
     * Starts another one of a service beside the first, as a second replica.
     * @param service which
     * @return its name, such as {@code aggregator-2}
     */
    public String addReplica(Service service) {
        String name = this.parts.nextReplica(service.shortName());
        Supervised replica = this.parts.add(this.services.part(service, name, Ports.free(), Ports.free()));
        replica.start();
        replica.awaitReady(this.settings.patience());
        return name;
    }

    /**
     * Kills a part; it is started again by itself.
     * @param name such as {@code kafka} or {@code ingest}
     * @return the process that was killed, for {@link #awaitRestart}
     */
    public long kill9(String name) {
        this.parts.get(name).endIsWanted();
        return signal(name, Signal.KILL);
    }

    /**
     * Makes a part stand still.
     * @param name which
     */
    public void pause(String name) {
        signal(name, Signal.STOP);
    }

    /**
     * Lets a part go on.
     * @param name which
     */
    public void resume(String name) {
        signal(name, Signal.CONT);
    }

    private long signal(String name, Signal signal) {
        long pid = pid(name);
        if (pid == 0) {
            throw new IllegalStateException(name + " does not run");
        }
        signal.send(pid);
        return pid;
    }

    /**
     * Waits until a killed part is ready again.
     * @param name which
     * @param killed the process that was killed
     * @param bound for how long at most
     */
    public void awaitRestart(String name, long killed, Duration bound) {
        this.parts.get(name).awaitOther(killed, bound);
    }

    /**
     * The process of a part.
     * @param name which
     * @return its id, 0 while it is down
     */
    public long pid(String name) {
        return this.parts.get(name).pid();
    }

    /**
     * The credentials with which services start.
     * @return of this installation
     */
    public Keys keys() {
        return this.keys;
    }

    /**
     * Where the only door is.
     * @return such as {@code http://127.0.0.1:8080}
     */
    public String gatewayUrl() {
        return serviceUrl(Service.GATEWAY.shortName());
    }

    /**
     * Where a part is.
     * @param name which
     * @return its address, without secrets
     */
    public String serviceUrl(String name) {
        return this.parts.get(name).report().url();
    }

    /**
     * Where Kafka is.
     * @return {@code host:port}
     */
    public String kafka() {
        return this.servers.kafka();
    }

    /**
     * A connection of the superuser to our own database.
     * @return a connection to be closed
     * @throws SQLException where the database refuses, as while it is down
     */
    public Connection connect() throws SQLException {
        LocalPostgres postgres = this.servers.postgres();
        if (postgres == null) {
            throw new IllegalStateException("the database is somebody else's: " + this.servers.databaseUrl());
        }
        return postgres.connect();
    }

    @Override
    public synchronized void close() {
        if (this.closed) {
            return;
        }
        this.closed = true;
        this.phase = this.failure.isEmpty() ? Phase.STOPPING : Phase.FAILED;
        TrainingThread trainer = this.training;
        if (trainer != null) {
            trainer.close();
        }
        StopOrder.stop(this.parts.all());
        Orphans.stop(this.settings.home());
        this.stateWriter.close();
        this.stateFile.close();
    }

}
