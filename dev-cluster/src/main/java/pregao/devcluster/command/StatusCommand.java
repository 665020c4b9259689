package pregao.devcluster.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.ComponentReport;

/**
 * {@code ./pregao status}: how everything is. It ends with 0 where all is well, 1 where
 * something is not, 3 where nothing runs.
 */
@Command(name = "status", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;

    private static final double MEGABYTE = 1 << 20;

    private final CommandContext installation;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    StatusCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        Optional<ClusterReport> running = this.installation.running();
        if (running.isEmpty()) {
            if (this.json) {
                this.installation.out().println("{\"running\":false}");
            }
            else {
                this.installation.say("status.none");
            }
            return NOT_RUNNING;
        }
        ClusterReport report = running.get();
        List<StatusRow> lines = report.parts().stream().map(this::line).toList();
        long supervisor = ProcessMemory.of(report.pid())
                - lines.stream().filter((line) -> isChild(line.pid(), report.pid())).mapToLong(StatusRow::memory).sum();
        List<StatusRow> all = new ArrayList<>(lines);
        all.add(new StatusRow("supervisor", "running", report.pid(), Math.max(0, supervisor), 0,
                "process " + report.pid(), ""));
        Map<String, Long> lag = ConsumerLag.of(report.url("kafka"));
        if (this.json) {
            printJson(report, lines, lag);
        }
        else {
            print(all, lag);
        }
        this.installation.out().flush();
        return lines.stream().allMatch(StatusRow::isWell) ? 0 : 1;
    }

    private StatusRow line(ComponentReport part) {
        ComponentHealth health = ComponentHealth.of(part, this.installation.home());
        return new StatusRow(part.name(), health.text(), health.pid(), ProcessMemory.of(health.pid()), part.restarts(),
                part.url(), part.management());
    }

    /** A part that was taken over is not counted with the supervisor. */
    private static boolean isChild(long pid, long supervisor) {
        return ProcessHandle.of(pid)
            .flatMap(ProcessHandle::parent)
            .filter((parent) -> parent.pid() == supervisor)
            .isPresent();
    }

    private void print(List<StatusRow> lines, Map<String, Long> lag) {
        this.installation.say("status.head");
        long sum = 0;
        for (StatusRow line : lines) {
            sum += line.memory();
            this.installation.out()
                .printf(Locale.ROOT, "%-14s %-10s %5.0f MB  %8d  %s%n", line.part(), line.health(),
                        line.memory() / MEGABYTE, line.restarts(), line.address());
        }
        this.installation.out()
            .printf(Locale.ROOT, "%-25s %5.0f MB%n", this.installation.texts().text("status.total"), sum / MEGABYTE);
        lag.forEach((group, records) -> this.installation.say("status.lag", group, records));
    }

    private void printJson(ClusterReport report, List<StatusRow> lines, Map<String, Long> lag) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("running", true);
        answer.put("phase", report.phase().name().toLowerCase(Locale.ROOT));
        answer.put("pid", report.pid());
        List<Map<String, Object>> parts = new ArrayList<>();
        for (StatusRow line : lines) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("name", line.part());
            part.put("health", line.health());
            part.put("address", line.address());
            if (!line.management().isEmpty()) {
                part.put("management", line.management());
            }
            part.put("pid", line.pid());
            part.put("memory_bytes", line.memory());
            part.put("restarts", line.restarts());
            parts.add(part);
        }
        answer.put("parts", parts);
        answer.put("lag", lag);
        this.installation.out().println(JsonMapper.shared().writeValueAsString(answer));
    }

    private record StatusRow(String part, String health, long pid, long memory, int restarts, String address,
            String management) {

        boolean isWell() {
            return this.health.equals("ready") || this.health.equals("external");
        }

    }

}
