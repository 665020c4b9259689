package pregao.strategy.job;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes up the worker threads of this replica that wait for a job.
 */
@Component
class JobWakeUp {

    private final Semaphore permits = new Semaphore(0);

    /** Wakes up one thread after the current transaction has committed. */
    void signalAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                JobWakeUp.this.permits.release();
            }
        });
    }

    void await(Duration timeout) throws InterruptedException {
        if (this.permits.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            return; // most likely there is a job
        }
    }

}
