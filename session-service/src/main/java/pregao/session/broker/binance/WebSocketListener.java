package pregao.session.broker.binance;

/**
 * Who hears of what happens on a {@link ReconnectingWebSocket}; on its event loop.
 */
interface WebSocketListener {

    /**
     * A connection is there, perhaps beside the one before.
     * @param socket to ask through for what one wants to hear
     */
    void opened(WebSocketConnection socket);

    /**
     * The broker said something.
     * @param socket where
     * @param text a frame
     */
    void said(WebSocketConnection socket, String text);

    /**
     * A connection ended; another will come.
     * @param socket which
     * @param last whether there is no other now
     */
    void gone(WebSocketConnection socket, boolean last);

}
