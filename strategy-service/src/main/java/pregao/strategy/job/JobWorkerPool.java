package pregao.strategy.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;

/**
 * The threads that do jobs.
 */
@Component
class JobWorkerPool implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(JobWorkerPool.class);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(5);

    private final Map<String, JobHandler> works;

    private final JobRepository claims;

    private final JobWakeUp calls;

    private final MeterRegistry meters;

    private final List<SupervisedThread> threads;

    JobWorkerPool(List<JobHandler> works, JobRepository claims, JobWakeUp calls, JobProperties settings,
            MeterRegistry meters) {
        this.works = works.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
        this.claims = claims;
        this.calls = calls;
        this.meters = meters;
        this.threads = IntStream.range(0, settings.threads()).mapToObj(this::thread).toList();
    }

    @Override
    public List<SupervisedThread> threads() {
        return this.threads;
    }

    private void work(SupervisedThread thread) throws InterruptedException {
        Optional<Job> job = this.claims.next(this.works.keySet());
        thread.recordSuccess();
        if (job.isPresent()) {
            run(job.get(), thread);
        }
        else {
            this.calls.await(LOOK);
        }
    }

    private void run(Job job, SupervisedThread thread) {
        Timer.Sample sample = Timer.start(this.meters);
        String outcome = "failed";
        try {
            JobHandler work = Objects.requireNonNull(this.works.get(job.kind()));
            this.claims.finished(job.id(),
                    work.run(job, new JobHeartbeat(this.claims, job.id(), () -> isToStop(thread))));
            outcome = "done";
        }
        catch (JobHandler.JobCancelledException ex) {
            outcome = "cancelled";
            this.claims.release(job.id());
        }
        catch (JobHandler.JobRejectedException ex) {
            this.claims.failed(job.id(), String.valueOf(ex.getMessage()));
        }
        catch (DataAccessException ex) {
            outcome = "interrupted";
            throw ex; // it is begun anew when this replica is taken for silent
        }
        catch (RuntimeException | OutOfMemoryError ex) {
            log.error("job {} of kind {} failed", job.id(), job.kind(), ex);
            this.claims.failed(job.id(), "Something went wrong inside; it was recorded under this id");
        }
        finally {
            sample.stop(this.meters.timer("pregao.jobs", "kind", job.kind(), "outcome", outcome));
        }
    }

    /** Work that asks whether to go on is alive, however long the job takes. */
    private static boolean isToStop(SupervisedThread thread) {
        thread.recordSuccess();
        return !thread.isRunning();
    }

    private SupervisedThread thread(int number) {
        AtomicReference<SupervisedThread> thread = new AtomicReference<>();
        thread.set(new SupervisedThread("job-" + number, MAX_SILENCE, this::work, () -> thread.get().interrupt()));
        return thread.get();
    }

}
