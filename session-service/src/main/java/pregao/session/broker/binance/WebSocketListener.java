package pregao.session.broker.binance;

/**
 * Who hears of what happens on a {@link ReconnectingWebSocket}; on its event loop.
 */
interface WebSocketListener {

    /**
     * A connection is there, perhaps beside the one before.
     * @param connection to ask through for what one wants to hear
     */
    void onOpen(WebSocketConnection connection);

    /**
     * The broker said something.
     * @param connection where
     * @param text a frame
     */
    void onText(WebSocketConnection connection, String text);

    /**
     * A connection ended; another will come.
     * @param connection which
     * @param isLast whether there is no other now
     */
    void onClose(WebSocketConnection connection, boolean isLast);

}
