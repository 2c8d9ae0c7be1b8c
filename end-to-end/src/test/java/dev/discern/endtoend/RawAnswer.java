package dev.discern.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What came back for bytes that no decent client would send.
 *
 * @param status 0 where the server closed the connection without an answer
 * @param head status line and headers
 * @param body without its transfer encoding
 */
record RawAnswer(int status, String head, String body) {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Sends the bytes on a connection of their own and reads until the server closes it. */
    static RawAnswer to(String address, byte[] request) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(request);
                out.flush();
                socket.shutdownOutput(); // a server that waits for more is told that there is none
            } catch (SocketException e) {
                // refused before all of it was sent: the answer may be there all the same
            }
            return of(received(socket.getInputStream()));
        }
    }

    /** Sends the bytes and goes away without waiting for an answer. */
    static void abort(String address, byte[] request) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            socket.setSoLinger(true, 0); // a reset
            socket.getOutputStream().write(request);
        }
    }

    private static byte[] received(InputStream in) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                received.write(buffer, 0, count);
            }
        } catch (SocketException e) {
            // closed with a reset, because the server did not read all that was sent
        }
        return received.toByteArray();
    }

    private static RawAnswer of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0 || text.length() < 12) {
            return new RawAnswer(0, text, "");
        }
        String head = text.substring(0, end);
        String body = text.substring(end + END_OF_HEAD.length());
        String whole =
                head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked") ? joined(body) : body;
        return new RawAnswer(
                Integer.parseInt(text.substring(9, 12)),
                head,
                new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        int place = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", place);
            int length = line < 0 ? 0 : Integer.parseInt(chunks.substring(place, line), 16);
            if (length == 0) {
                return body.toString();
            }
            int from = line + 2;
            body.append(chunks, from, Math.min(from + length, chunks.length()));
            place = from + length + 2;
        }
    }
}
