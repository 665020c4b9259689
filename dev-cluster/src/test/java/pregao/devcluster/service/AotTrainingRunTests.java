package pregao.devcluster.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AotTrainingRun}: what it makes must be of use to a JVM with the
 * service's options.
 */
class AotTrainingRunTests {

    @TempDir
    private Path folder;

    /** One service for each way in which a JVM is set up. */
    static Stream<Service> services() {
        Set<List<String>> seen = new HashSet<>();
        return Arrays.stream(Service.values()).filter((service) -> seen.add(service.options()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void makesACacheWithWhichTheServiceStarts(Service service) throws Exception {
        JavaCommand java = new JavaCommand(service, application());

        assertThat(new AotTrainingRun(java, Map.of(), this.folder).run()).isTrue();

        assertThat(java.run()).anyMatch((option) -> option.startsWith("-XX:AOTCache="));
        assertThat(exit(java.run())).isZero();
    }

    private static int exit(List<String> line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** One that has nothing to do. */
    private UnpackedJar application() throws IOException {
        Path jar = this.folder.resolve("nothing.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Nothing.class.getName());
        String name = Nothing.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = Objects.requireNonNull(Nothing.class.getResourceAsStream("/" + name))) {
            out.putNextEntry(new ZipEntry(name));
            code.transferTo(out);
        }
        return new UnpackedJar(this.folder, jar);
    }

    /**
     * An application that starts and ends.
     */
    public static final class Nothing {

        private Nothing() {
        }

        public static void main(String[] arguments) {
            System.out.println("started");
        }

    }

}
