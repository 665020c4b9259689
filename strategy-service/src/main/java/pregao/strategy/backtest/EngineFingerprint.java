package pregao.strategy.backtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Identifies the code that made a report by the version of the build and a fingerprint of
 * the engine classes. The same source built by the same compiler has the same
 * fingerprint, with or without a Git repository.
 */
@Component
class EngineFingerprint {

    private static final String CLASSES = "classpath*:pregao/market/**/*.class";

    private final String version;

    private @Nullable String engine;

    EngineFingerprint(ObjectProvider<BuildProperties> build) {
        BuildProperties buildProperties = build.getIfAvailable();
        this.version = (buildProperties != null) ? String.valueOf(buildProperties.getVersion()) : "unknown";
    }

    String version() {
        return this.version;
    }

    /**
     * Returns the SHA-256 over the names and the SHA-256 of all classes of the module
     * market.
     */
    synchronized String engine() {
        if (this.engine == null) {
            this.engine = computeFingerprint();
        }
        return this.engine;
    }

    private static String computeFingerprint() {
        try {
            Map<String, String> classes = new TreeMap<>();
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(CLASSES)) {
                String url = resource.getURL().toString();
                String name = url.substring(url.lastIndexOf("pregao/market/"));
                if (!url.contains("/test-classes/")) {
                    try (InputStream stream = resource.getInputStream()) {
                        classes.put(name, sha256(stream.readAllBytes()));
                    }
                }
            }
            return sha256(classes.toString().getBytes(StandardCharsets.UTF_8));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
