package pregao.strategy.job;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import pregao.strategy.StrategyDatabase;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link JobService}, {@link JobRepository} and {@link JobWorkerPool} on a real
 * database.
 */
class JobTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private final JdbcClient client = JdbcClient.create(DATABASE.pool());

    private final JobProperties settings = new JobProperties(1, 3, 6, 2, Duration.ofSeconds(2));

    private final JobWakeUp calls = new JobWakeUp();

    private final JobService jobs = new JobService(this.client, this.settings, this.calls, Clock.systemUTC());

    private final TransactionTemplate transaction = new TransactionTemplate(
            new JdbcTransactionManager(DATABASE.pool()));

    private final UUID person = UUID.randomUUID();

    @BeforeEach
    @AfterEach
    void empty() {
        this.client.sql("delete from strategy.job").update();
    }

    private JobWorkerPool workers(JobHandler work) {
        JobWorkerPool workers = new JobWorkerPool(List.of(work),
                new JobRepository(this.client, this.settings, Clock.systemUTC()), this.calls, this.settings,
                new SimpleMeterRegistry());
        workers.start();
        return workers;
    }

    private Job add() {
        return this.transaction.execute((status) -> this.jobs.add(UUID.randomUUID(), this.person, "sum", "{\"n\": 3}"));
    }

    private Job now(Job job) {
        return this.jobs.find(job.id(), this.person, "sum").orElseThrow();
    }

    private void awaits(Job job, Job.State state) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> now(job).state() == state);
    }

    @Test
    void doesAJobOnceAndKeepsWhatCameOfIt() {
        AtomicInteger runs = new AtomicInteger();
        JobHandler work = work((job, progress) -> {
            runs.incrementAndGet();
            progress.at("adding", 1, 3);
            return new JobHandler.Finished("{\"sum\": 6}", "[1, 2, 3]");
        });
        JobWorkerPool one = workers(work);
        JobWorkerPool other = workers(work);
        try {
            Job job = add();
            awaits(job, Job.State.DONE);
            assertThat(now(job).summary()).isEqualTo("{\"sum\": 6}");
            assertThat(this.jobs.result(job.id(), this.person)).contains("[1, 2, 3]");
            assertThat(runs).hasValue(1);
            assertThat(this.jobs.find(job.id(), UUID.randomUUID(), "sum")).as("somebody else's").isEmpty();
            assertThat(this.jobs.result(job.id(), UUID.randomUUID())).as("somebody else's").isEmpty();
        }
        finally {
            one.stop();
            other.stop();
        }
    }

    @Test
    void isCalledOffWhileItRuns() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        JobWorkerPool workers = workers(work((job, progress) -> {
            try {
                for (long i = 0;; i++) {
                    progress.at("counting", i, 0);
                }
            }
            finally {
                called.countDown();
            }
        }));
        try {
            Job job = add();
            awaits(job, Job.State.RUNNING);
            this.transaction
                .executeWithoutResult((status) -> assertThat(this.jobs.cancel(job.id(), this.person, "sum")).isTrue());
            assertThat(called.await(20, TimeUnit.SECONDS)).as("the work ended").isTrue();
            assertThat(now(job).state()).isEqualTo(Job.State.CANCELLED);
        }
        finally {
            workers.stop();
        }
    }

    @Test
    void beginsAnewWhatASilentReplicaHad() {
        Job job = add();
        this.client.sql("""
                update strategy.job set state = 'running', worker = gen_random_uuid(), tries = 1,
                  beat_at = now() - interval '1 minute' where id = :id""").param("id", job.id()).update();
        JobWorkerPool workers = workers(work((again, progress) -> new JobHandler.Finished("{}", "{}")));
        try {
            awaits(job, Job.State.DONE);
        }
        finally {
            workers.stop();
        }
    }

    @Test
    void givesUpWhatKillsItsReplicas() {
        Job job = add();
        this.client.sql("""
                update strategy.job set state = 'running', worker = gen_random_uuid(), tries = 3,
                  beat_at = now() - interval '1 minute' where id = :id""").param("id", job.id()).update();
        JobWorkerPool workers = workers(work((again, progress) -> new JobHandler.Finished("{}", "{}")));
        try {
            awaits(job, Job.State.FAILED);
        }
        finally {
            workers.stop();
        }
    }

    @Test
    void saysWhyAJobCannotBeDoneAndTakesOnlySoMany() {
        for (int i = 0; i < 3; i++) {
            add();
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(this::add);
        JobWorkerPool workers = workers(work((job, progress) -> {
            throw new JobHandler.JobRejectedException("no candles");
        }));
        try {
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> this.jobs.of(this.person, "sum", 10)
                    .stream()
                    .allMatch((job) -> "no candles".equals(job.failure())));
            add();
            assertThat(this.jobs.of(this.person, "sum", 10)).as("two ended ones are kept").hasSize(3);
        }
        finally {
            workers.stop();
        }
    }

    @Test
    void whoHasMuchMakesRoomForWhoHasLittleUntilThePoolIsFull() {
        add(this.person, 3);
        assertThat(refusal(() -> add(this.person, 1))).as("three of six, which is all of one person").isEqualTo(429);
        UUID second = UUID.randomUUID();
        add(second, 2);
        assertThat(refusal(() -> add(second, 1))).as("the last place is for somebody else").isEqualTo(429);
        add(UUID.randomUUID(), 1);
        assertThat(refusal(() -> add(UUID.randomUUID(), 1))).isEqualTo(503);
    }

    @Test
    void peopleTakeTurns() {
        UUID second = UUID.randomUUID();
        add(this.person, 3);
        add(second, 2);
        List<UUID> turns = new CopyOnWriteArrayList<>();
        JobWorkerPool workers = workers(work((job, progress) -> {
            turns.add(job.person());
            return new JobHandler.Finished("{}", "{}");
        }));
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> turns.size() == 5);
            assertThat(turns).containsExactly(this.person, second, this.person, second, this.person);
        }
        finally {
            workers.stop();
        }
    }

    @Test
    void nobodyComesFirstByForgettingWhatIsDone() {
        JobRepository claims = new JobRepository(this.client, this.settings, Clock.systemUTC());
        UUID second = UUID.randomUUID();
        add(this.person, 1);
        Job done = end(claims);
        add(second, 2);
        assertThat(end(claims).person()).isEqualTo(second);
        this.transaction
            .executeWithoutResult((status) -> assertThat(this.jobs.cancel(done.id(), this.person, "sum")).isTrue());
        add(this.person, 1);
        assertThat(end(claims).person()).as("waits since before").isEqualTo(second);
        assertThat(end(claims).person()).isEqualTo(this.person);
    }

    private static Job end(JobRepository claims) {
        Job job = claims.next(List.of("sum")).orElseThrow();
        claims.finished(job.id(), new JobHandler.Finished("{}", "{}"));
        return job;
    }

    private void add(UUID uuid, int count) {
        for (int i = 0; i < count; i++) {
            this.transaction.executeWithoutResult((status) -> this.jobs.add(UUID.randomUUID(), uuid, "sum", "{}"));
        }
    }

    private static int refusal(ThrowingCallable call) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.trouble().headers()).containsKey("Retry-After");
        return refusal.trouble().status();
    }

    private static JobHandler work(Doing doing) {
        return new JobHandler() {
            @Override
            public String kind() {
                return "sum";
            }

            @Override
            public Finished run(Job job, ProgressListener progress) {
                return doing.run(job, progress);
            }
        };
    }

    private interface Doing {

        JobHandler.Finished run(Job job, ProgressListener progress);

    }

}
