package dev.discern.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * One connection with a blocking socket: a request costs the client little beside what it costs the service. It is kept open for as long as
 * the service wants, which is a hundred requests of Tomcat, and then opened again.
 */
final class LoadConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final int port;
    private DefaultBHttpClientConnection connection;

    @SuppressWarnings("ArrayRecordComponent") // a body, which nobody compares
    record Answer(int status, byte[] body) {}

    LoadConnection(int port) throws IOException {
        this.port = port;
        this.connection = open(port);
    }

    private static DefaultBHttpClientConnection open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(Http1Config.DEFAULT);
        connection.bind(socket);
        return connection;
    }

    Answer get(String target) throws IOException {
        return send(new BasicClassicHttpRequest("GET", target));
    }

    Answer post(String target, String json) throws IOException {
        ClassicHttpRequest request = new BasicClassicHttpRequest("POST", target);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        request.setHeader("Content-Type", "application/json");
        request.setHeader("Content-Length", request.getEntity().getContentLength());
        return send(request);
    }

    private Answer send(ClassicHttpRequest request) throws IOException {
        request.setHeader("Host", "127.0.0.1");
        request.setHeader("X-API-Key", ServiceUnderLoad.KEY);
        try {
            connection.sendRequestHeader(request);
            if (request.getEntity() != null) {
                connection.sendRequestEntity(request);
            }
            connection.flush();
            ClassicHttpResponse response = connection.receiveResponseHeader();
            connection.receiveResponseEntity(response);
            byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
            if (!DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, null)) {
                connection.close();
                connection = open(port);
            }
            return new Answer(response.getCode(), body);
        } catch (HttpException e) {
            throw new IOException("no HTTP: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
