package pregao.session.broker.api;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Background tasks of a session, which run until the session ends. Broker code in this
 * service subscribes only here, so that no failure goes unnoticed.
 */
public final class BackgroundTasks {

    private final Disposable.Composite subscriptions = Disposables.composite();

    /**
     * Subscribes to a task and keeps the subscription until the task terminates or
     * {@link #cancelAll} is called.
     * @param task the task to run
     * @param onTermination called once when the task terminates, with the error, or with
     * null if it completed; not called if the task is canceled first
     */
    public void run(Mono<Void> task, Consumer<@Nullable Throwable> onTermination) {
        Disposable.Swap subscription = Disposables.swap();
        this.subscriptions.add(subscription);
        subscription.update(task.doFinally((signal) -> this.subscriptions.remove(subscription)).subscribe((_) -> {
        }, onTermination, () -> onTermination.accept(null)));
    }

    /** Cancels all running tasks, and each task that is started later. */
    public void cancelAll() {
        this.subscriptions.dispose();
    }

}
