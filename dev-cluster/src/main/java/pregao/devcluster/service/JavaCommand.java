package pregao.devcluster.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a service's JVM.
 *
 * @param service which service
 * @param application its unpacked jar
 */
record JavaCommand(Service service, UnpackedJar application) {

    /**
     * What must be the same in training and use, or the cache is refused. A cache that is
     * not moved about is not copied: its pages stay the file's. Into a metaspace of 128
     * MB that of session-service would not fit, and would not be made at all.
     */
    private static final List<String> COMMON = List.of("-Xms32m", "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k",
            "-XX:MaxMetaspaceSize=160m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Djava.awt.headless=true",
            "-Duser.timezone=UTC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    List<String> run() {
        List<String> line = hasCache() ? withCache() : start();
        line.addAll(List.of("-jar", this.application.jar().toString()));
        return line;
    }

    /**
     * Only starts the JVM, which ends with a failure where it cannot begin with the
     * cache: then it never could.
     */
    List<String> trial() {
        List<String> line = withCache();
        line.add("-version");
        return line;
    }

    private List<String> withCache() {
        List<String> line = start();
        line.addAll(List.of("-XX:AOTCache=" + cache(), "-Xlog:aot=off", "-Xlog:cds=off"));
        return line;
    }

    /**
     * Where the cache is, or would be; another JDK, or one with other options, has
     * another one.
     * @return the file
     */
    Path cache() {
        return this.application.folder()
            .resolve("jdk-%s-%08x.aot".formatted(System.getProperty("java.vm.version"), start().hashCode()));
    }

    boolean hasCache() {
        return Files.exists(cache());
    }

    /**
     * What says which build runs, with which options: all but the cache, which may be
     * made while the service runs.
     */
    List<String> identity() {
        List<String> identity = start();
        identity.addAll(List.of(System.getProperty("java.vm.version"), this.application.jar().toString()));
        return identity;
    }

    List<String> train(Path output) {
        List<String> line = start();
        line.addAll(List.of("-XX:AOTCacheOutput=" + output, "-Dspring.context.exit=onRefresh", "-jar",
                this.application.jar().toString()));
        return line;
    }

    private List<String> start() {
        List<String> line = new ArrayList<>();
        line.add(java().toString());
        line.addAll(this.service.options());
        line.addAll(COMMON);
        return line;
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

}
