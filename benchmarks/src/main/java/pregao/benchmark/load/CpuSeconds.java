package pregao.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CPU time that processes used, as Linux counts it.
 */
final class CpuSeconds {

    private static final double TICKS_A_SECOND = 100;

    private final Map<Long, Double> before = new LinkedHashMap<>();

    CpuSeconds(List<Long> pids) throws IOException {
        for (Long pid : pids) {
            this.before.put(pid, of(pid));
        }
    }

    Map<Long, Double> sinceThen() throws IOException {
        Map<Long, Double> used = new LinkedHashMap<>();
        for (Map.Entry<Long, Double> each : this.before.entrySet()) {
            used.put(each.getKey(), of(each.getKey()) - each.getValue());
        }
        return used;
    }

    private static double of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // Behind the name in brackets, which may hold spaces: utime and stime.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_A_SECOND;
    }

}
