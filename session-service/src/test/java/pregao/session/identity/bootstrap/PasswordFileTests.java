package pregao.session.identity.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link PasswordFile}.
 */
class PasswordFileTests {

    @TempDir
    private Path folder;

    @Test
    void isForItsOwnerOnlyAlsoWhereAnOtherWasThere() throws IOException {
        Path path = this.folder.resolve("new").resolve("password");
        new PasswordFile(path).write("first");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        new PasswordFile(path).write("second");
        assertThat(path).hasContent("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(path.getParent()).isDirectoryContaining((file) -> file.equals(path))
            .isDirectoryNotContaining((file) -> !file.equals(path));
    }

    @Test
    void saysWhatToSetWhereItCannotBeWritten() throws IOException {
        Path file = Files.createFile(this.folder.resolve("file"));
        assertThatExceptionOfType(UncheckedIOException.class)
            .isThrownBy(() -> new PasswordFile(file.resolve("password")).write("secret"))
            .withMessageContaining("pregao.session.admin-password")
            .withMessageNotContaining("secret");
    }

}
