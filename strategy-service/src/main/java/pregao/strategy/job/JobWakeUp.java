package pregao.strategy.job;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes those up who wait for jobs.
 */
@Component
class JobWakeUp {

    private final Semaphore calls = new Semaphore(0);

    /** Wakes one of them up once the transaction is through. */
    void soon() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                JobWakeUp.this.calls.release();
            }
        });
    }

    void await(Duration longest) throws InterruptedException {
        if (this.calls.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            return; // a job is there, most likely
        }
    }

}
