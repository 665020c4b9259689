package pregao.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a child process is run.
 *
 * @param name what it is called, in messages and in the name of its pid file
 * @param arguments the program and its arguments
 * @param environment what is added to this process's environment
 * @param folder where its log and its pid file are
 * @param stop what makes it end in order
 */
public record Command(String name, List<String> arguments, Map<String, String> environment, Path folder, Signal stop) {

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
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
