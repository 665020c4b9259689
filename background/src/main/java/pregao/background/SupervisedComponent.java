package pregao.background;

import java.util.List;

import org.springframework.context.SmartLifecycle;

/**
 * A component with background threads, which start and stop with the service and appear
 * in its metrics and health.
 */
public interface SupervisedComponent extends SmartLifecycle {

    /**
     * Returns the threads.
     * @return the threads, always the same ones
     */
    List<SupervisedThread> threads();

    @Override
    default void start() {
        threads().forEach(SupervisedThread::start);
    }

    @Override
    default void stop() {
        threads().forEach(SupervisedThread::requestStop);
        threads().forEach(SupervisedThread::awaitStop);
    }

    @Override
    default boolean isRunning() {
        return threads().stream().anyMatch(SupervisedThread::isRunning);
    }

}
