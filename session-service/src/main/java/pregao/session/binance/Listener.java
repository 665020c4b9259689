package pregao.session.binance;

/**
 * Who hears of what happens on a {@link Line}; on its event loop.
 */
interface Listener {

    /**
     * A connection is there, perhaps beside the one before.
     * @param socket to ask through for what one wants to hear
     */
    void opened(Socket socket);

    /**
     * The broker said something.
     * @param socket where
     * @param text a frame
     */
    void said(Socket socket, String text);

    /**
     * A connection ended; another will come.
     * @param socket which
     * @param last whether there is no other now
     */
    void gone(Socket socket, boolean last);

}
