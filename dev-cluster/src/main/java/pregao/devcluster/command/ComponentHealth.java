package pregao.devcluster.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.brokersimulator.SimulatorProcess;
import pregao.devcluster.process.PidFile;
import pregao.devcluster.process.Ports;
import pregao.devcluster.service.ServiceProcess;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;

/**
 * How a part is, as the operating system and the part itself answer. The state file is
 * not asked: it may be old.
 *
 * @param pid its process, 0 where there is none
 * @param text such as {@code ready}
 */
record ComponentHealth(long pid, String text) {

    static ComponentHealth of(ComponentReport part, Path home) {
        if (part.state() == ComponentState.EXTERNAL) {
            return new ComponentHealth(0, "external");
        }
        long pid = pid(part.name(), home);
        return new ComponentHealth(pid, text(part, pid));
    }

    private static long pid(String name, Path home) {
        return Stream.of(home.resolve("logs"), home.resolve(name))
            .flatMap((folder) -> new PidFile(folder.resolve(name + ".pid")).process().stream())
            .mapToLong(ProcessHandle::pid)
            .findFirst()
            .orElse(0);
    }

    private static String text(ComponentReport part, long pid) {
        if (isReady(part)) {
            return "ready";
        }
        if (part.state() == ComponentState.STARTING || part.state() == ComponentState.RESTARTING) {
            return part.state().name().toLowerCase(Locale.ROOT);
        }
        return (pid == 0) ? "down" : "not ready";
    }

    private static boolean isReady(ComponentReport part) {
        if (Simulator.isNamed(part.name())) {
            return SimulatorProcess.answers(part.url());
        }
        return part.url().startsWith("http") ? ServiceProcess.readiness(part.url()) == 200
                : Ports.isListening(RequestedStart.port(part));
    }

}
