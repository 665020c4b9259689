package pregao.background;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every thread of the services is supervised, or has a reason not to be.
 */
class ThreadInventoryTests {

    private static final Pattern THREAD = Pattern
        .compile("Thread\\s*\\.\\s*(ofPlatform|ofVirtual|startVirtualThread)|new\\s+Thread\\s*\\(|extends\\s+Thread\\b"
                + "|\\bExecutors\\s*\\.|new\\s+\\w*ThreadPool\\w*\\s*\\(|new\\s+ForkJoinPool|new\\s+Timer\\s*\\("
                + "|CompletableFuture\\s*\\.\\s*(runAsync|supplyAsync)"
                + "|Schedulers\\s*\\.\\s*new\\w+|@Scheduled|@Async|SimpleAsyncTaskExecutor");

    private static final Map<String, String> ALLOWED = Map.ofEntries( //
            Map.entry("SupervisedThread.java", "the supervision itself"),
            Map.entry("FencedConsumerContainer.java",
                    "supervises the loop by the rules of the fence, with health of its own"),
            Map.entry("OrderDispatcher.java",
                    "one short task an order; the sweep, which is supervised, comes back to each"),
            Map.entry("ParameterSweep.java", "helps one backtest, whose caller waits for it and sees its failure"),
            Map.entry("GapScanTask.java", "Spring's scheduler, which goes on after every failure"),
            Map.entry("BlockingExecutor.java", "works for requests, which see its failures; bounded"),
            Map.entry("RecordPublisher.java", "works for publications, which see its failures; bounded"),
            Map.entry("PasswordHasher.java", "works for requests, which see its failures; bounded"),
            Map.entry("BodyReader.java", "works for requests, which see its failures; bounded"),
            Map.entry("InstrumentTask.java", "Spring's scheduler, which goes on after every failure"),
            Map.entry("RejectionTask.java", "Spring's scheduler, which goes on after every failure"));

    @Test
    void listsEveryThread() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        for (SourceFile file : SourceFile.ofServices()) {
            if (THREAD.matcher(file.code()).find()) {
                files.add(file.name());
            }
        }
        assertThat(files)
            .as("A thread that is not a SupervisedThread dies of an exception without a sign. "
                    + "Use one, or add the class here with its reason")
            .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

}
