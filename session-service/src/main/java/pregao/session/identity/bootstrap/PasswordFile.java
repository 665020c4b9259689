package pregao.session.identity.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * File with the generated password of the first admin. Only the owner of the process can
 * read it.
 *
 * @param path the path of the file
 */
record PasswordFile(Path path) {

    /**
     * Writes the file. It replaces a file left by an earlier startup that did not
     * complete.
     * @param password the password
     * @throws UncheckedIOException if the file cannot be written
     */
    void write(String password) {
        Path file = this.path.toAbsolutePath();
        try {
            Path directory = Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file, not the root"));
            // The mode of a temporary file is 600.
            Path temporaryFile = Files.createTempFile(directory, ".first-admin", ".tmp");
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
