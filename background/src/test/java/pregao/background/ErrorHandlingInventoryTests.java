package pregao.background;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No reactive error is handled without naming its type, and no failure is cached.
 */
class ErrorHandlingInventoryTests {

    /** The first argument is a handler or missing, not a type or a predicate. */
    private static final Pattern UNTYPED = Pattern
        .compile("\\.(onErrorResume|onErrorMap|onErrorComplete)\\(\\s*(\\(\\s*\\w*\\s*\\)\\s*->|\\w+\\s*->|\\))"
                + "|\\.onErrorReturn\\(\\s*[^,()]*\\)|\\.onErrorContinue\\(|\\.cache\\(\\s*\\w*\\s*\\)");

    private static final Map<String, String> ALLOWED = Map.of( //
            "LoginRateLimiter.java", "gives the try back and fails with the same error", //
            "IngestClient.java", "a predicate that names its types", //
            "FeedCandleRepository.java", "a predicate that names its types", //
            "AccountConnectionService.java", "closes the session and fails with the same error", //
            "BinanceRestClient.java", "whatever happens after an order may have been sent, its outcome is unknown", //
            "PolariumAuthClient.java",
            "whatever happens at a login, the broker was not reached; the type of the error is told", //
            "BrokerSessionRegistry.java", "shared by those who wait at the same time, and forgotten when it ends");

    @Test
    void namesTheTypeOfEveryErrorThatIsHandled() throws IOException {
        TreeSet<String> untypedFiles = new TreeSet<>();
        for (SourceFile file : SourceFile.ofServices()) {
            if (UNTYPED.matcher(file.code()).find()) {
                untypedFiles.add(file.name());
            }
        }
        assertThat(untypedFiles)
            .as("A handler of every error hides faults as outages, and a cache of failures answers them to everybody. "
                    + "Name the type, cache values only, or add the class here with its reason")
            .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

}
