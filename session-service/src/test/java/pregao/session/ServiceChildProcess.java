package pregao.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;

/**
 * A JVM of its own with the test's class path, which can be killed and made to stand
 * still.
 */
record ServiceChildProcess(ChildProcess process, int port) implements AutoCloseable {

    static ServiceChildProcess start(Path folder, String name, Class<?> main, int port, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        line.addAll(arguments);
        return new ServiceChildProcess(ChildProcess.start(new ProcessSpec(name, line, Map.of(), folder, Signal.KILL)),
                port);
    }

    void send(Signal signal) {
        signal.send(this.process.pid());
    }

    @Override
    public void close() {
        this.process.close();
    }

}
