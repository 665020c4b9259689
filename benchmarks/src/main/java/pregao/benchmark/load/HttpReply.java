package pregao.benchmark.load;

/**
 * What a server said.
 *
 * @param status the HTTP status
 * @param retryAfter seconds, 0 where it did not say
 * @param body the text, with Latin-1 for bytes
 */
record HttpReply(int status, int retryAfter, String body) {

    boolean ok() {
        return this.status >= 200 && this.status < 300;
    }

    boolean later() {
        return this.status == 429 || this.status == 503;
    }

    /**
     * The number behind a name in compact JSON.
     */
    long count(String name) {
        int at = this.body.indexOf("\"" + name + "\":");
        if (at < 0) {
            return 0;
        }
        long count = 0;
        for (int i = at + name.length() + 3; i < this.body.length() && Character.isDigit(this.body.charAt(i)); i++) {
            count = 10 * count + Character.digit(this.body.charAt(i), 10);
        }
        return count;
    }

}
