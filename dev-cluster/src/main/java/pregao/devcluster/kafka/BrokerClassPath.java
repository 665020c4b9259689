package pregao.devcluster.kafka;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of this process's class path, what the broker needs: with more of it, a service's test
 * would hand its own libraries to the broker.
 */
final class BrokerClassPath {

    private static final List<String> PREFIXES = List.of("kafka", "scala-", "zstd-jni", "lz4-java", "snappy-java",
            "pcollections", "HdrHistogram", "hash4j", "log4j-api", "caffeine", "argparse4j", "commons-", "jackson-",
            "snakeyaml", "jopt-simple", "jose4j", "metrics-core", "re2j", "slf4j-api", "logback-", "error_prone",
            "jspecify");

    private BrokerClassPath() {
    }

    static String of(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
            .filter(BrokerClassPath::isNeeded)
            .collect(Collectors.joining(File.pathSeparator));
    }

    /** Surefire hides the real class path behind a jar of its own. */
    static String current() {
        return of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    private static boolean isNeeded(String entry) {
        Path path = Path.of(entry);
        String name = String.valueOf(path.getFileName());
        return PREFIXES.stream().anyMatch(name::startsWith);
    }

}
