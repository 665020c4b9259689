package pregao.stack.command;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import pregao.stack.Keys;
import pregao.stack.simulator.Simulator;
import pregao.stack.state.PartReport;
import pregao.stack.state.PartState;
import pregao.stack.state.StackReport;

/**
 * Tells how a start goes: a line whenever a part is ready, a table at the end.
 */
final class StartProgress {

    private final Installation installation;

    private final Map<String, PartState> told = new HashMap<>();

    private final Map<String, Integer> restarts = new HashMap<>();

    StartProgress(Installation installation) {
        this.installation = installation;
    }

    synchronized void show(StackReport report) {
        if (report.phase() != StackReport.Phase.STARTING && report.phase() != StackReport.Phase.READY) {
            return;
        }
        for (PartReport part : report.parts()) {
            PartState before = this.told.put(part.name(), part.state());
            int restartsBefore = this.restarts.getOrDefault(part.name(), 0);
            this.restarts.put(part.name(), part.restarts());
            if (part.state() == PartState.READY && before != PartState.READY) {
                line(part, "start.ready", part.seconds());
            }
            else if (part.state() == PartState.EXTERNAL && before == null) {
                line(part, "start.external", part.url());
            }
            else if (part.restarts() > restartsBefore) {
                line(part, "start.again", part.restarts());
            }
        }
    }

    private void line(PartReport part, String key, Object value) {
        String what = (value instanceof Double number) ? String.format(Locale.ROOT, "%.1f", number)
                : String.valueOf(value);
        this.installation.out()
            .printf(Locale.ROOT, "  %-13s %s%n", part.name(), this.installation.texts().text(key, what));
        this.installation.out().flush();
    }

    /**
     * The addresses and what to try first.
     * @param report of a stack that is ready
     */
    void table(StackReport report) {
        this.installation.out().println();
        for (PartReport part : report.parts()) {
            this.installation.out().printf(Locale.ROOT, "  %-13s %s%n", part.name(), part.url());
        }
        String gateway = report.url("gateway");
        this.installation.out().println();
        this.installation.say("start.try", gateway, this.installation.home());
        if (report.parts().stream().anyMatch((part) -> part.name().equals(Simulator.POLARIUM.partName()))) {
            this.installation.out().println();
            this.installation.say("start.polarium", gateway, Keys.ADMIN);
            this.installation.say("start.binance", gateway);
        }
    }

}
