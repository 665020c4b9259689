package pregao.system.ea;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What both EAs do alike: post, look for numbers in the answer's text, split candles that
 * are too many but never ticks, and keep what failed for later.
 */
public abstract class Ea {

    private final TerminalHttpClient wire;

    private final Deque<Spooled> spool = new ArrayDeque<>();

    private final List<String> complaints = new ArrayList<>();

    private final boolean trailingNul;

    private int requests;

    private int splits;

    private long inserted;

    private long duplicates;

    private long updated;

    /**
     * An EA on a terminal.
     * @param base where the service is
     * @param trailingNul whether it posts the array with the zero at its end
     */
    protected Ea(URI base, boolean trailingNul) {
        this.wire = new TerminalHttpClient(base);
        this.trailingNul = trailingNul;
    }

    /**
     * Its connection.
     * @return to be broken
     */
    public final TerminalHttpClient wire() {
        return this.wire;
    }

    /**
     * The lines before Content-Length.
     * @param items how many are sent
     * @param request the number of the request
     * @return each ended by CR LF
     */
    protected abstract String headers(int items, int request);

    /**
     * Whether an answer is taken for success.
     * @param status the HTTP status
     * @return true if nothing is sent again
     */
    protected boolean isSuccess(int status) {
        return status >= 200 && status <= 299;
    }

    /**
     * Posts items now, behind what failed before.
     * @param path where to
     * @param envelope the name of the array
     * @param items JSON objects
     */
    protected final void post(String path, String envelope, List<String> items) {
        resend();
        send(new Spooled(path, envelope, items));
    }

    /**
     * Sends what failed before, until something fails again.
     */
    public final void resend() {
        for (int left = this.spool.size(); left > 0; left--) {
            int before = this.spool.size();
            send(this.spool.remove());
            if (this.spool.size() == before) {
                return;
            }
        }
    }

    /**
     * Posts items once, without keeping them.
     * @param path where to
     * @param envelope the name of the array
     * @param items JSON objects
     * @return whether they were taken
     */
    protected final boolean postOnce(String path, String envelope, List<String> items) {
        int before = this.spool.size();
        send(new Spooled(path, envelope, items));
        if (this.spool.size() == before) {
            return true;
        }
        this.spool.removeLast();
        return false;
    }

    private void send(Spooled body) {
        this.requests++;
        TerminalHttpClient.Reply reply;
        try {
            reply = this.wire.post(body.path(), headers(body.items().size(), this.requests), bytes(body));
        }
        catch (IOException ex) {
            this.spool.add(body);
            return;
        }
        boolean tooLarge = reply.status() == 413 || reply.status() == 414;
        if (tooLarge && body.items().size() > 1 && !body.envelope().equals("ticks")) {
            this.splits++;
            int half = body.items().size() / 2;
            send(new Spooled(body.path(), body.envelope(), body.items().subList(0, half)));
            send(new Spooled(body.path(), body.envelope(), body.items().subList(half, body.items().size())));
        }
        else if (isSuccess(reply.status())) {
            read(reply.text());
        }
        else {
            this.complaints.add(reply.toString());
            this.spool.add(body);
        }
    }

    private byte[] bytes(Spooled body) {
        byte[] bytes = ("{\"" + body.envelope() + "\":[" + String.join(",", body.items()) + "]}")
            .getBytes(StandardCharsets.UTF_8);
        return this.trailingNul ? Arrays.copyOf(bytes, bytes.length + 1) : bytes;
    }

    private void read(String text) {
        this.inserted += number(text, "inserted");
        this.duplicates += number(text, "duplicates");
        this.updated += number(text, "updated");
        if (number(text, "rejected") > 0 || text.contains("\"conflict\":true")) {
            this.complaints.add(text);
        }
    }

    private static long number(String text, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /**
     * What was not taken: refusals, rejected items and conflicts.
     * @return the answers
     */
    public final List<String> complaints() {
        return List.copyOf(this.complaints);
    }

    /**
     * What waits to be sent again.
     * @return how many bodies
     */
    public final int spooled() {
        return this.spool.size();
    }

    /**
     * How often a body was split in two.
     * @return how often
     */
    public final int splits() {
        return this.splits;
    }

    /**
     * What the answers' texts said was inserted.
     * @return the sum
     */
    public final long inserted() {
        return this.inserted;
    }

    /**
     * What the answers' texts said was there before.
     * @return the sum
     */
    public final long duplicates() {
        return this.duplicates;
    }

    /**
     * What the answers' texts said was replaced.
     * @return the sum
     */
    public final long updated() {
        return this.updated;
    }

    private record Spooled(String path, String envelope, List<String> items) {

        Spooled {
            items = List.copyOf(items);
        }

    }

}
