package pregao.stack.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Secrets}.
 */
class SecretsTests {

    @TempDir
    Path folder;

    @Test
    void keepsWhatItMade() {
        Path file = this.folder.resolve("credentials");
        String made = new Secrets(file).secret("one");
        assertThat(made).hasSize(32);
        assertThat(new Secrets(file).secret("one")).isEqualTo(made);
        assertThat(new Secrets(file).secret("two")).isNotEqualTo(made);
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        Path file = this.folder.resolve("deeper").resolve("credentials");
        new Secrets(file).secret("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

}
