package pregao.devcluster.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a child process is run.
 *
 * @param name what it is called, in messages and in the name of its pid file
 * @param arguments the program and its arguments
 * @param environment what is added to this process's environment; an empty value takes a
 * variable away
 * @param folder where its log and its pid file are
 * @param stop what makes it end in order
 * @param fingerprint equal only where what runs is the same: the build and its settings
 */
public record ProcessSpec(String name, List<String> arguments, Map<String, String> environment, Path folder,
        Signal stop, String fingerprint) {

    public ProcessSpec {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * A command whose arguments and environment say all about what runs.
     * @param name what it is called
     * @param arguments the program and its arguments
     * @param environment what is added to this process's environment; an empty value
     * takes a variable away
     * @param folder where its log and its pid file are
     * @param stop what makes it end in order
     */
    public ProcessSpec(String name, List<String> arguments, Map<String, String> environment, Path folder, Signal stop) {
        this(name, arguments, environment, folder, stop, fingerprint(arguments, environment));
    }

    /**
     * The same command, which runs something else as soon as other details change.
     * @param details all that says what runs
     * @return with another fingerprint
     */
    public ProcessSpec identifiedBy(List<String> details) {
        return new ProcessSpec(this.name, this.arguments, this.environment, this.folder, this.stop,
                fingerprint(details, this.environment));
    }

    private static String fingerprint(List<String> details, Map<String, String> environment) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            details.forEach((detail) -> digest.update((detail + '\0').getBytes(StandardCharsets.UTF_8)));
            new TreeMap<>(environment)
                .forEach((name, value) -> digest.update((name + '=' + value + '\0').getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    /**
     * Where its output goes.
     * @return a file
     */
    public Path log() {
        return this.folder.resolve(this.name + ".log");
    }

    /**
     * Where its process is remembered.
     * @return the file
     */
    public PidFile pidFile() {
        return new PidFile(this.folder.resolve(this.name + ".pid"));
    }

}
