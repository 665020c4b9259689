package pregao.session.broker.binance;

/**
 * Listener of a {@link ReconnectingWebSocket}, called on its event loop.
 */
interface WebSocketListener {

    /**
     * Called when a connection is open, possibly next to an older one.
     * @param connection the connection to subscribe on
     */
    void onOpen(WebSocketConnection connection);

    /**
     * Called when a text frame arrives.
     * @param connection the connection of the frame
     * @param text the text
     */
    void onText(WebSocketConnection connection, String text);

    /**
     * Called when a connection has ended; another one follows.
     * @param connection the connection
     * @param isLast whether there is no other connection now
     */
    void onClose(WebSocketConnection connection, boolean isLast);

}
