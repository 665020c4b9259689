package pregao.session.identity.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * The file with a password that was made for the first admin, which only the owner of the
 * process can read.
 *
 * @param path where it is
 */
record PasswordFile(Path path) {

    /**
     * Writes it, in place of one of an earlier start that did not come to its end.
     * @param password the password
     * @throws UncheckedIOException where it cannot be written
     */
    void write(String password) {
        Path file = this.path.toAbsolutePath();
        try {
            Path directory = Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file, not the root"));
            Path temporaryFile = Files.createTempFile(directory, ".first-admin", ".tmp"); // mode
                                                                                          // 600
            try {
                Files.writeString(temporaryFile, password + "\n");
                Files.move(temporaryFile, file, StandardCopyOption.ATOMIC_MOVE);
            }
            finally {
                Files.deleteIfExists(temporaryFile);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException("The first admin's password cannot be written to " + file
                    + ": set pregao.session.admin-password, or another pregao.session.admin-password-file", ex);
        }
    }

}
