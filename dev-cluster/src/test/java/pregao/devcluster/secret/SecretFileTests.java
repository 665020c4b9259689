package pregao.devcluster.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretFile}.
 */
class SecretFileTests {

    @TempDir
    Path folder;

    @Test
    void keepsWhatItMade() {
        Path file = this.folder.resolve("credentials");
        String made = new SecretFile(file).secret("one");
        assertThat(made).hasSize(32);
        assertThat(new SecretFile(file).secret("one")).isEqualTo(made);
        assertThat(new SecretFile(file).secret("two")).isNotEqualTo(made);
    }

    @Test
    void losesNothingWhereManyMakeSecretsAtOnce() throws Exception {
        Path file = this.folder.resolve("credentials");
        List<Callable<String>> makers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = "secret_" + i % 20;
            makers.add(() -> name + new SecretFile(file).secret(name));
        }
        Set<String> made = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> each : threads.invokeAll(makers)) {
                made.add(each.get());
            }
        }
        assertThat(made).as("one value of each name").hasSize(20);
        SecretFile kept = new SecretFile(file);
        assertThat(made).allSatisfy((each) -> assertThat(kept.find(each.substring(0, each.length() - 32)))
            .hasValue(each.substring(each.length() - 32)));
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        Path file = this.folder.resolve("deeper").resolve("credentials");
        new SecretFile(file).secret("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

}
