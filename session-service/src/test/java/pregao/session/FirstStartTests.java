package pregao.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the first startup if no setting contains the password of the first admin.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTests {

    @Test
    void passwordIsInAFileForItsOwnerOnlyAndNeverLogged(@TempDir Path folder, CapturedOutput output)
            throws IOException {
        Path file = folder.resolve("data").resolve("first-admin");
        try (SessionTestEnvironment stack = SessionTestEnvironment.start("--pregao.session.admin-password=",
                "--pregao.session.admin-password-file=" + file)) {
            assertThat(file).isRegularFile();
            String password = Files.readString(file).strip();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(stack
                .post("/api/auth/login", null, Map.of("email", SessionTestEnvironment.ADMIN, "password", password))
                .status()).isEqualTo(200);
            assertThat(output.getAll()).contains(SessionTestEnvironment.ADMIN, file.toString())
                .doesNotContain(password);
        }
    }

}
