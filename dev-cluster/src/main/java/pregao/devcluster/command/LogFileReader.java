package pregao.devcluster.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The log files of a data folder, by the name of the part that writes them.
 */
final class LogFileReader {

    private static final List<String> FOLDERS = List.of("logs", "postgres", "kafka", "redis");

    private LogFileReader() {
    }

    static Map<String, Path> in(Path home) {
        Map<String, Path> files = new TreeMap<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> list = Files.isDirectory(home.resolve(folder)) ? Files.list(home.resolve(folder))
                    : Stream.empty()) {
                list.filter((file) -> file.toString().endsWith(".log"))
                    .forEach((file) -> files.put(String.valueOf(file.getFileName()).replace(".log", ""), file));
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return files;
    }

    /**
     * Where the last lines of a file begin.
     * @param file which
     * @param lines how many
     * @return an offset in bytes
     * @throws IOException where it cannot be read
     */
    static long lastLines(Path file, int lines) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] block = new byte[8192];
            long end = in.length();
            int found = 0;
            for (long start = end; start > 0;) {
                int length = (int) Math.min(block.length, start);
                start -= length;
                in.seek(start);
                in.readFully(block, 0, length);
                for (int i = length - 1; i >= 0; i--) {
                    if (block[i] == '\n' && start + i != end - 1 && ++found == lines) {
                        return start + i + 1;
                    }
                }
            }
            return 0;
        }
    }

    /**
     * The complete lines after an offset.
     * @param file which
     * @param from the offset
     * @return the lines, and the offset behind them
     * @throws IOException where it cannot be read
     */
    static Chunk read(Path file, long from) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = (in.length() < from) ? 0 : from; // a new file took its place
            byte[] bytes = new byte[(int) Math.min(1 << 20, in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            List<String> lines = new ArrayList<>(new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList());
            return new Chunk(lines, start + end);
        }
    }

    /**
     * Some lines of a file.
     *
     * @param lines the lines
     * @param next the offset behind them
     */
    record Chunk(List<String> lines, long next) {

        Chunk {
            lines = List.copyOf(lines);
        }

    }

}
