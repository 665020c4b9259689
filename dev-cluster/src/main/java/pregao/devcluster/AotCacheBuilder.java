package pregao.devcluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.devcluster.process.StartupException;
import pregao.devcluster.service.AotTrainingRun;
import pregao.devcluster.service.Service;

/**
 * Makes the AOT caches that are missing, one after the other, while the stack is in use.
 */
final class AotCacheBuilder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AotCacheBuilder.class);

    private static final long END_MILLIS = 30_000;

    private final Thread thread;

    private AotCacheBuilder(Thread thread) {
        this.thread = thread;
    }

    static AotCacheBuilder start(DevClusterConfig settings, ServiceEnvironment environment) {
        return new AotCacheBuilder(
                Thread.ofPlatform().daemon().name("training").start(() -> trainAll(settings, environment)));
    }

    private static void trainAll(DevClusterConfig settings, ServiceEnvironment environment) {
        try {
            for (Service service : Service.values()) {
                if (settings.services().contains(service)) {
                    train(settings, environment, service);
                }
            }
        }
        catch (InterruptedException ex) {
            LOG.info("the stack ends before all AOT caches are made; the next start makes the rest");
        }
    }

    private static void train(DevClusterConfig settings, ServiceEnvironment environment, Service service)
            throws InterruptedException {
        try {
            AotTrainingRun training = AotTrainingRun.of(settings.root(), service, environment.of(service),
                    settings.home().resolve("logs"));
            if (!training.isDone()) {
                LOG.info("{}: AOT cache {}", service.shortName(), training.run() ? "made" : "failed; see its log");
            }
        }
        catch (StartupException ex) {
            LOG.warn("{}: AOT cache not made; the next start tries again: {}", service.shortName(), ex.getMessage());
        }
    }

    @Override
    public void close() {
        this.thread.interrupt();
        try {
            this.thread.join(END_MILLIS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
