package pregao.stack;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.stack.process.StartFailed;
import pregao.stack.service.Service;
import pregao.stack.service.Training;

/**
 * Makes the AOT caches that are missing, one after the other, while the stack is in use.
 */
final class TrainingThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingThread.class);

    private static final long END_MILLIS = 30_000;

    private final Thread thread;

    private TrainingThread(Thread thread) {
        this.thread = thread;
    }

    static TrainingThread start(StackSettings settings, ServiceEnvironment environment) {
        return new TrainingThread(
                Thread.ofPlatform().daemon().name("training").start(() -> trainAll(settings, environment)));
    }

    private static void trainAll(StackSettings settings, ServiceEnvironment environment) {
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

    private static void train(StackSettings settings, ServiceEnvironment environment, Service service)
            throws InterruptedException {
        try {
            Training training = Training.of(settings.root(), service, environment.of(service),
                    settings.home().resolve("logs"));
            if (!training.isDone()) {
                LOG.info("{}: AOT cache {}", service.shortName(), training.run() ? "made" : "failed; see its log");
            }
        }
        catch (StartFailed ex) {
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
