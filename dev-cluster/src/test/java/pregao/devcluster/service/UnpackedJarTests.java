package pregao.devcluster.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnpackedJar}.
 */
class UnpackedJarTests {

    @TempDir
    Path folder;

    @Test
    void isNamedAfterItsContentsNotAfterWhenTheyWereWritten() throws IOException {
        Path first = jar("first.jar", "a", 1);
        assertThat(UnpackedJar.hash(jar("again.jar", "a", 2))).isEqualTo(UnpackedJar.hash(first)).hasSize(12);
        assertThat(UnpackedJar.hash(jar("other.jar", "b", 1))).isNotEqualTo(UnpackedJar.hash(first));
    }

    private Path jar(String name, String text, int second) throws IOException {
        Path jar = this.folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            ZipEntry entry = new ZipEntry("BOOT-INF/classes/a");
            entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(second)));
            out.putNextEntry(entry);
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }

}
