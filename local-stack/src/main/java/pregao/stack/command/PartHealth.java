package pregao.stack.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import pregao.stack.process.PidFile;
import pregao.stack.process.Ports;
import pregao.stack.service.ServiceProcess;
import pregao.stack.simulator.Simulator;
import pregao.stack.simulator.SimulatorProcess;
import pregao.stack.state.PartReport;
import pregao.stack.state.PartState;

/**
 * How a part is, as the operating system and the part itself answer. The state file is
 * not asked: it may be old.
 *
 * @param pid its process, 0 where there is none
 * @param text such as {@code ready}
 */
record PartHealth(long pid, String text) {

    static PartHealth of(PartReport part, Path home) {
        if (part.state() == PartState.EXTERNAL) {
            return new PartHealth(0, "external");
        }
        long pid = pid(part.name(), home);
        return new PartHealth(pid, text(part, pid));
    }

    private static long pid(String name, Path home) {
        return Stream.of(home.resolve("logs"), home.resolve(name))
            .flatMap((folder) -> new PidFile(folder.resolve(name + ".pid")).process().stream())
            .mapToLong(ProcessHandle::pid)
            .findFirst()
            .orElse(0);
    }

    private static String text(PartReport part, long pid) {
        if (isReady(part)) {
            return "ready";
        }
        if (part.state() == PartState.STARTING || part.state() == PartState.RESTARTING) {
            return part.state().name().toLowerCase(Locale.ROOT);
        }
        return (pid == 0) ? "down" : "not ready";
    }

    private static boolean isReady(PartReport part) {
        if (Simulator.isNamed(part.name())) {
            return SimulatorProcess.answers(part.url());
        }
        return part.url().startsWith("http") ? ServiceProcess.readiness(part.url()) == 200
                : Ports.isListening(RequestedStart.port(part));
    }

}
