package pregao.devcluster.command;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import pregao.devcluster.InstallationCredentials;
import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;

/**
 * Tells how a start goes: a line whenever a part is ready, a table at the end.
 */
final class StartProgress {

    private final CommandContext installation;

    private final Map<String, ComponentState> told = new HashMap<>();

    private final Map<String, Integer> restarts = new HashMap<>();

    StartProgress(CommandContext installation) {
        this.installation = installation;
    }

    synchronized void show(ClusterReport report) {
        if (report.phase() != ClusterReport.Phase.STARTING && report.phase() != ClusterReport.Phase.READY) {
            return;
        }
        for (ComponentReport part : report.parts()) {
            ComponentState before = this.told.put(part.name(), part.state());
            int restartsBefore = this.restarts.getOrDefault(part.name(), 0);
            this.restarts.put(part.name(), part.restarts());
            if (part.state() == ComponentState.READY && before != ComponentState.READY) {
                line(part, "start.ready", part.seconds());
            }
            else if (part.state() == ComponentState.EXTERNAL && before == null) {
                line(part, "start.external", part.url());
            }
            else if (part.restarts() > restartsBefore) {
                line(part, "start.again", part.restarts());
            }
        }
    }

    private void line(ComponentReport part, String key, Object value) {
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
    void table(ClusterReport report) {
        this.installation.out().println();
        for (ComponentReport part : report.parts()) {
            this.installation.out().printf(Locale.ROOT, "  %-13s %s%n", part.name(), part.url());
        }
        String gateway = report.url("gateway");
        this.installation.out().println();
        this.installation.say("start.try", gateway, this.installation.home());
        if (report.parts().stream().anyMatch((part) -> part.name().equals(Simulator.POLARIUM.partName()))) {
            this.installation.out().println();
            this.installation.say("start.polarium", gateway, InstallationCredentials.ADMIN);
            this.installation.say("start.binance", gateway);
        }
    }

}
