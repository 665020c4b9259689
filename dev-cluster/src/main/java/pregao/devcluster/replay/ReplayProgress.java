package pregao.devcluster.replay;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay is: a bar where somebody looks, a line where something happens
 * otherwise.
 */
final class ReplayProgress implements Replay.Progress, AutoCloseable {

    private static final int UPDATE_MILLIS = 200;

    private final @Nullable ProgressBar bar;

    private final PrintWriter out;

    private ReplayProgress(@Nullable ProgressBar bar, PrintWriter out) {
        this.bar = bar;
        this.out = out;
    }

    @SuppressWarnings("SystemConsoleNull") // null where another module provides it
    static ReplayProgress of(long fileBytes, PrintWriter out) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return new ReplayProgress(null, out);
        }
        return new ReplayProgress(new ProgressBarBuilder().setTaskName("replay")
            .setInitialMax(fileBytes)
            .setUnit(" KB", 1024)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .build(), out);
    }

    @Override
    public void show(long bytes, long sent, long rejected) {
        if (this.bar != null) {
            this.bar.stepTo(bytes);
            this.bar.setExtraMessage(String.format(Locale.ROOT, " %,d sent, %,d rejected", sent, rejected));
        }
    }

    /**
     * Says something that a person should know at once.
     * @param text one line
     */
    void notice(String text) {
        if (this.bar != null) {
            this.bar.setExtraMessage(" " + text);
        }
        else {
            this.out.println("replay: " + text);
            this.out.flush();
        }
    }

    @Override
    public void close() {
        if (this.bar != null) {
            this.bar.close();
        }
    }

}
