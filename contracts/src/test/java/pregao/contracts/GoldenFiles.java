package pregao.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Messages as they were once written: hex, with what it says behind a #.
 */
public final class GoldenFiles {

    private GoldenFiles() {
    }

    public static byte[] bytes(String name) {
        try (InputStream file = GoldenFiles.class.getResourceAsStream("golden/" + name + ".golden")) {
            if (file == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            String hex = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                .map((line) -> line.replaceFirst("#.*", "").strip())
                .collect(Collectors.joining());
            return HexFormat.of().parseHex(hex);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
