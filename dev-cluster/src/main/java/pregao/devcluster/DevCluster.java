package pregao.devcluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.Signal;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.service.Service;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.ClusterReport.Phase;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.StateFile;
import pregao.devcluster.state.StateWriter;
import pregao.devcluster.supervision.SupervisedProcess;
import pregao.devcluster.supervision.SupervisedProcesses;

/**
 * The whole system on one machine, for a person and for tests: starts it, keeps it
 * running, tells of it, ends it.
 */
public final class DevCluster implements AutoCloseable {

    /** The name of the database. */
    public static final String POSTGRES = "postgres";

    /** The name of the broker. */
    public static final String KAFKA = "kafka";

    /** The name of the cache. */
    public static final String REDIS = "redis";

    private final DevClusterConfig settings;

    private final StateFile stateFile;

    private final StateWriter stateWriter;

    private final List<String> orphans;

    private final InfrastructureServers servers;

    private final SupervisedServices services;

    private final InstallationCredentials keys;

    private final Consumer<ClusterReport> listener;

    private final SupervisedProcesses parts = new SupervisedProcesses();

    private volatile Phase phase = Phase.STARTING;

    private volatile @Nullable AotCacheBuilder training;

    private volatile String failure = "";

    private boolean closed;

    private DevCluster(DevClusterConfig settings, StateFile stateFile, Consumer<ClusterReport> listener) {
        this.settings = settings;
        this.stateFile = stateFile;
        this.listener = listener;
        this.stateWriter = new StateWriter(stateFile, this::report);
        this.servers = new InfrastructureServers(settings);
        this.keys = new InstallationCredentials(settings.home());
        this.services = new SupervisedServices(settings, this.servers, this.keys, this::changed);
        this.orphans = new StaleResources(settings, this.servers).clear();
    }

    /**
     * Starts everything and waits until it is ready.
     * @param settings with what
     * @return the running stack
     * @throws StartupException with what can be done about it
     */
    public static DevCluster start(DevClusterConfig settings) {
        DevCluster stack = create(settings, (report) -> {
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
     * @throws StartupException where another one has the data folder, or a port
     */
    public static DevCluster create(DevClusterConfig settings, Consumer<ClusterReport> listener) {
        StateFile stateFile = new StateFile(settings.home());
        if (!stateFile.take()) {
            throw new StartupException("a stack runs already in " + settings.home() + "; ./pregao status tells more");
        }
        try {
            return new DevCluster(settings.withPorts(settings.ports().chosen()), stateFile, listener);
        }
        catch (RuntimeException ex) {
            stateFile.close();
            throw ex;
        }
    }

    /**
     * Starts the servers, then the services in the order of the flow, and waits until all
     * are ready.
     * @throws StartupException with what can be done about it; everything is ended then
     */
    public void startAll() {
        try {
            this.servers.own(this::changed).forEach(this.parts::add);
            SupervisedSimulators.of(this.settings, this::changed).forEach(this.parts::add);
            SupervisedProcesses.together(this.parts.all(), SupervisedProcess::start);
            List<SupervisedProcess> started = this.services.wanted();
            started.forEach(this.parts::add);
            SupervisedProcesses.together(started, SupervisedProcess::start);
            this.parts.all().forEach((part) -> part.awaitReady(this.settings.patience()));
            this.phase = Phase.READY;
            changed();
        }
        catch (StartupException ex) {
            this.failure = String.valueOf(ex.getMessage());
            close();
            throw ex;
        }
        if (this.settings.training()) {
            this.training = AotCacheBuilder.start(this.settings, this.services.environment());
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
        return this.parts.all().stream().filter(SupervisedProcess::isAdopted).map(SupervisedProcess::name).toList();
    }

    private void changed() {
        this.stateWriter.write();
        this.listener.accept(report());
    }

    /**
     * A report without secrets.
     * @return how everything is
     */
    public ClusterReport report() {
        List<ComponentReport> reports = new ArrayList<>(this.servers.external());
        reports.addAll(this.parts.reports());
        return new ClusterReport(ProcessHandle.current().pid(), this.phase, this.failure, reports);
    }

    /**
     * Starts another one of a service beside the first, as a second replica.
     * @param service which
     * @return its name, such as {@code aggregator-2}
     */
    public String addReplica(Service service) {
        String name = this.parts.nextReplica(service.shortName());
        SupervisedProcess replica = this.parts.add(this.services.part(service, name, Ports.free(), Ports.free()));
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
        this.parts.get(name).expectExit();
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
        this.parts.get(name).awaitRestart(killed, bound);
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
    public InstallationCredentials keys() {
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
        AotCacheBuilder trainer = this.training;
        if (trainer != null) {
            trainer.close();
        }
        ShutdownOrder.stop(this.parts.all());
        StaleProcesses.stop(this.settings.home());
        this.stateWriter.close();
        this.stateFile.close();
    }

}
