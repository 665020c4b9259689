package pregao.background;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A source file of a service or of a module that services use.
 *
 * @param module the folder of the module
 * @param name the name of the file
 * @param code the text without comments
 */
record SourceFile(String module, String name, String code) {

    private static final List<String> MODULES = List.of("background", "contracts", "market", "kafka-pipeline",
            "web-api", "ingest-service", "aggregator-service", "indicators-service", "strategy-service",
            "session-service", "gateway-service");

    static List<SourceFile> ofServices() throws IOException {
        List<SourceFile> sources = new ArrayList<>();
        for (String module : MODULES) {
            Path folder = Path.of("..", module, "src", "main", "java");
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException(folder.toAbsolutePath() + " is not there");
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter((path) -> path.toString().endsWith(".java")).sorted().toList()) {
                    sources.add(new SourceFile(module, file.getFileName().toString(),
                            withoutComments(Files.readString(file))));
                }
            }
        }
        return sources;
    }

    private static String withoutComments(String text) {
        return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)//.*$", "");
    }

}
