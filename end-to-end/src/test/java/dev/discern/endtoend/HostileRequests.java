package dev.discern.endtoend;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Requests that somebody might send who wants a service to break, each a function of its number. All ids, texts and headers carry a mark, by
 * which they would be found in a log. No item that a model has is changed.
 *
 * @param mark letters and digits
 */
record HostileRequests(long seed, String key, String mark) {

    /** A request, and what may be said to it beside what any answer may be. */
    @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
    record Hostile(byte[] bytes, Kind kind, boolean isAborted) {

        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return kind + ": " + text.substring(0, Math.min(text.length(), 600));
        }
    }

    /** What is wrong with a request. */
    enum Kind {
        MUTATED_BODY,
        WRONG_VALUE,
        UNKNOWN_FIELDS,
        DEEP_BODY,
        BAD_UTF8,
        ODD_ID,
        ODD_PARAMETERS,
        QUERY_FLOOD,
        WRONG_TYPE,
        WRONG_METHOD,
        HEADER_FLOOD,
        HUGE_HEADER,
        TWICE_THE_SAME_HEADER,
        ODD_CHUNKS,
        TOO_LARGE,
        BROKEN_OFF,
        NO_BODY,
        ODD_REQUEST_LINE
    }

    private static final String[] ODD_IDS = OrdinaryCalls.words("""
            a%2Fb %2F %2F%2F %00 a%00b %F0%9F%98%80 %ff %c0%af %ed%a0%80 %25 %2525 % %z %zz %u0041 ;a=b a;b .. .
            %2e%2e ..%2F..%2Fetc %5C a%0ab a%0d%0aX-Evil:1 %20 + * ~ a:b {a} %7Ba%7D [a] \\ <a> %3Cscript%3E \u00e4
            a|b " ^ ` %E2%80%AE @ $ a,b (a)""");

    private static final String[] METHODS = OrdinaryCalls.words("""
            GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND get FOO G\u00cbT M-SEARCH""");

    private static final String[] TYPES = OrdinaryCalls.words("""
            text/plain application/xml application/x-www-form-urlencoded multipart/form-data
            multipart/form-data;boundary=x application/json;charset=utf-16 application/json;charset=nonsense
            application/octet-stream application/x-java-serialized-object application/cbor nonsense a/b;c=" / */*
            application/* application/json;;; application/merge-patch+json""");

    private static final String[] PATHS = OrdinaryCalls.words("""
            / /error /v1 /v1/ /v1/users /v1/items /actuator /actuator/env /actuator/heapdump /actuator/prometheus
            /actuator/health/nothing /v3/api-docs /v3/api-docs/nothing /swagger-ui.html /swagger-ui/nothing
            /v1/admin/jobs /v1/recommendations:nothing /favicon.ico /WEB-INF/web.xml /../../etc/passwd //v1//users
            /v1/users//recommendations""");

    private OrdinaryCalls calls() {
        return new OrdinaryCalls(mark);
    }

    Hostile of(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        Kind kind = Kind.values()[number % Kind.values().length];
        return switch (kind) {
            case MUTATED_BODY -> whole(kind, calls().any(random), mutated(calls().anyBody(random), random));
            case WRONG_VALUE -> {
                OrdinaryCalls.Call call = calls().any(random);
                yield whole(
                        kind, call, utf8(OrdinaryCalls.withValue(call.fields(), OrdinaryCalls.value(random), random)));
            }
            case UNKNOWN_FIELDS -> {
                OrdinaryCalls.Call call = calls().any(random);
                String odd = "\"%s\":%s".formatted(mark + random.nextInt(100), OrdinaryCalls.value(random));
                String body = OrdinaryCalls.json(call.fields());
                yield whole(
                        kind,
                        call,
                        utf8(
                                random.nextBoolean()
                                        ? body.replaceFirst(
                                                "\\{", "{" + java.util.regex.Matcher.quoteReplacement(odd) + ",")
                                        : body.substring(0, body.length() - 1) + "," + body.substring(1)));
            }
            case DEEP_BODY -> whole(kind, calls().any(random), utf8(deep(random)));
            case BAD_UTF8 -> whole(kind, calls().any(random), badUtf8(calls().anyBody(random), random));
            case ODD_ID -> oddId(random);
            case ODD_PARAMETERS -> oddParameters(random);
            case QUERY_FLOOD -> queryFlood(random);
            case WRONG_TYPE -> {
                OrdinaryCalls.Call call = calls().any(random);
                yield request(
                        kind,
                        call.method(),
                        call.path(),
                        utf8(OrdinaryCalls.json(call.fields())),
                        OrdinaryCalls.pick(TYPES, random),
                        "Accept: " + OrdinaryCalls.pick(TYPES, random));
            }
            case WRONG_METHOD -> {
                OrdinaryCalls.Call call = calls().any(random);
                boolean isOther = random.nextBoolean();
                yield request(
                        kind,
                        OrdinaryCalls.pick(METHODS, random),
                        isOther ? OrdinaryCalls.pick(PATHS, random) : call.path(),
                        random.nextBoolean() ? utf8(OrdinaryCalls.json(call.fields())) : new byte[0],
                        "application/json");
            }
            case HEADER_FLOOD -> {
                String[] headers = new String[random.nextInt(50, 400)];
                Arrays.setAll(headers, n -> "X-%s-%d: %s".formatted(mark, n, OrdinaryCalls.text(random, 20)));
                yield request(kind, "GET", calls().user() + "/recommendations", new byte[0], "", headers);
            }
            case HUGE_HEADER ->
                request(
                        kind,
                        "GET",
                        calls().user() + "/recommendations",
                        new byte[0],
                        "",
                        OrdinaryCalls.pick(
                                        new String[] {
                                            "Cookie",
                                            "X-Odd",
                                            "Accept",
                                            "Idempotency-Key",
                                            "X-API-Key",
                                            "Accept-Language",
                                            "Range",
                                            "Authorization"
                                        },
                                        random)
                                + ": " + mark + "x".repeat(random.nextInt(1_000, 20_000)));
            case TWICE_THE_SAME_HEADER -> twice(random);
            case ODD_CHUNKS -> oddChunks(random);
            case TOO_LARGE -> tooLarge(random);
            case BROKEN_OFF -> brokenOff(random);
            case NO_BODY -> {
                OrdinaryCalls.Call call = calls().any(random);
                yield request(
                        kind,
                        call.method(),
                        call.path(),
                        utf8(OrdinaryCalls.pick(new String[] {"", " ", "\u0000", "null", "\uFEFF{}", "\n"}, random)),
                        "application/json");
            }
            case ODD_REQUEST_LINE -> oddRequestLine(random);
        };
    }

    private static String deep(SplittableRandom random) {
        int depth = random.nextInt(100, 10_001);
        return switch (random.nextInt(4)) {
            case 0 -> "[".repeat(depth);
            case 1 -> "[".repeat(depth) + "]".repeat(depth);
            case 2 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            default -> "{\"attributes\":".repeat(depth) + "{}" + "}".repeat(depth);
        };
    }

    private static byte[] mutated(String body, SplittableRandom random) {
        byte[] bytes = utf8(body);
        for (int n = random.nextInt(1, 8); n > 0 && bytes.length > 1; n--) {
            int place = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[place] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, place + 1);
                case 2 -> bytes[place] = (byte) "{}[]\",:\\0-eE.nulltf".charAt(random.nextInt(19));
                default -> {
                    int from = random.nextInt(bytes.length);
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + bytes.length - from);
                    System.arraycopy(bytes, from, longer, bytes.length, bytes.length - from);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static byte[] badUtf8(String body, SplittableRandom random) {
        byte[] bytes = utf8(body);
        int[] bad = {0xff, 0xfe, 0xc0, 0x80, 0xed, 0xf8, 0xe2};
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) bad[random.nextInt(bad.length)];
        }
        return bytes;
    }

    private Hostile oddId(SplittableRandom random) {
        String id = switch (random.nextInt(4)) {
            case 0 -> mark + "x".repeat(random.nextInt(500, 9_000));
            case 1 ->
                mark
                        + URLEncoder.encode(OrdinaryCalls.text(random, random.nextInt(1, 300)), StandardCharsets.UTF_8)
                                .replace("+", "%20");
            default -> mark + OrdinaryCalls.pick(ODD_IDS, random);
        };
        return switch (random.nextInt(6)) {
            case 0 -> request(Kind.ODD_ID, "GET", "/v1/users/%s/recommendations?k=3".formatted(id), new byte[0], "");
            case 1 -> request(Kind.ODD_ID, "GET", "/v1/items/%s/similar".formatted(id), new byte[0], "");
            case 2 -> request(Kind.ODD_ID, "PUT", "/v1/users/" + id, utf8("{}"), "application/json");
            case 3 -> request(Kind.ODD_ID, "PUT", "/v1/items/" + id, utf8("{}"), "application/json");
            case 4 -> request(Kind.ODD_ID, "PATCH", "/v1/items/" + id, utf8("{}"), "application/merge-patch+json");
            default -> request(Kind.ODD_ID, "DELETE", "/v1/users/%s?erase=true".formatted(id), new byte[0], "");
        };
    }

    private Hostile oddParameters(SplittableRandom random) {
        String[] names = {
            "k", "category", "categoryMode", "excludeSeen", "diversity", "explain", "model", "erase", "%zz", "k[]", ""
        };
        StringJoiner query = new StringJoiner("&", "?", "");
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            String value = random.nextInt(4) == 0
                    ? OrdinaryCalls.pick(ODD_IDS, random)
                    : URLEncoder.encode(
                            OrdinaryCalls.pick(OrdinaryCalls.VALUES, random).replace("\"", ""), StandardCharsets.UTF_8);
            query.add(OrdinaryCalls.pick(names, random) + "=" + value);
        }
        String path = random.nextInt(3) == 0 ? "/v1/items/item-001/similar" : calls().user() + "/recommendations";
        return request(Kind.ODD_PARAMETERS, "GET", path + query, new byte[0], "");
    }

    private Hostile queryFlood(SplittableRandom random) {
        StringBuilder query = new StringBuilder("?");
        int parameters = random.nextInt(100, 3_000);
        for (int n = 0; n < parameters; n++) {
            query.append(random.nextBoolean() ? "category=" : "p" + n + "=")
                    .append(n)
                    .append('&');
        }
        return request(Kind.QUERY_FLOOD, "GET", calls().user() + "/recommendations" + query, new byte[0], "");
    }

    private Hostile twice(SplittableRandom random) {
        String[][] pairs = {
            {"Content-Length: 2", "Content-Length: 3"},
            {"Content-Length: 2", "Transfer-Encoding: chunked"},
            {"Host: a", "Host: b"},
            {"X-API-Key: " + mark, "X-API-Key: other"},
            {"Content-Type: application/json", "Content-Type: text/plain"},
            {"Idempotency-Key: " + mark, "Idempotency-Key: b"},
            {"Content-Length: -1", "Accept: */*"},
            {"Content-Length: 99999999999999999999", "Accept: */*"},
            {"Content-Length: 1e3", "Expect: 100-continue"},
            {"Expect: nonsense-" + mark, "Accept: */*"},
            {"Bad Header " + mark, "Accept: */*"},
            {": " + mark, "Accept: */*"},
            {"X-" + mark + " : a", "Accept: */*"},
            {"Connection: upgrade", "Upgrade: h2c"},
            {"Accept-Encoding: " + mark, "Content-Encoding: gzip"},
            {"X-Forwarded-For: " + mark, "X-Forwarded-Host: " + mark},
            {"Cookie: " + mark + "=\"", "Cookie: $Version=1; a\u0000=b"}
        };
        String[] pair = pairs[random.nextInt(pairs.length)];
        String head =
                "POST /v1/events HTTP/1.1\r\nHost: shop\r\nX-API-Key: %s\r\nConnection: close\r\n%s\r\n%s\r\n\r\n{}"
                        .formatted(key, pair[0], pair[1]);
        return new Hostile(head.getBytes(StandardCharsets.ISO_8859_1), Kind.TWICE_THE_SAME_HEADER, false);
    }

    private Hostile oddChunks(SplittableRandom random) {
        String[] bodies = {
            "zz\r\n{}\r\n0\r\n\r\n",
            "-1\r\n{}\r\n",
            "ffffffffffffffff\r\n{}\r\n",
            "2\r\n{}",
            "2\r\n{}XX0\r\n\r\n",
            "\r\n\r\n",
            "2;ext=" + "x".repeat(9_000) + "\r\n{}\r\n0\r\n\r\n",
            "0\r\nX-Trailer: " + mark + "\r\n\r\n",
            "7fffffff\r\n{\"userIds\":[",
            "2\n{}\n0\n\n",
            "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
            "0\r\nbad trailer\r\n\r\n"
        };
        OrdinaryCalls.Call call = calls().any(random);
        String encoding = OrdinaryCalls.pick(
                new String[] {"chunked", "chunked", "chunked", "gzip, chunked", "chunked, gzip", mark, "identity"},
                random);
        String head =
                "%s %s HTTP/1.1\r\nHost: shop\r\nX-API-Key: %s\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: %s\r\n\r\n"
                        .formatted(call.method(), call.path(), key, encoding);
        return new Hostile(
                (head + OrdinaryCalls.pick(bodies, random)).getBytes(StandardCharsets.ISO_8859_1),
                Kind.ODD_CHUNKS,
                false);
    }

    private Hostile tooLarge(SplittableRandom random) {
        String head =
                "POST %s HTTP/1.1\r\nHost: shop\r\nX-API-Key: %s\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        .formatted(
                                OrdinaryCalls.pick(
                                        new String[] {
                                            "/v1/events",
                                            "/v1/recommendations",
                                            "/v1/rankings",
                                            "/v1/recommendations:batch"
                                        },
                                        random),
                                key);
        if (random.nextInt(8) > 0) {
            return new Hostile(
                    utf8(head + "Content-Length: %d\r\n\r\n{".formatted(random.nextLong(4L << 20, 1L << 40))),
                    Kind.TOO_LARGE,
                    false);
        }
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        return new Hostile(
                utf8(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(70) + "0\r\n\r\n"),
                Kind.TOO_LARGE,
                false);
    }

    private Hostile brokenOff(SplittableRandom random) {
        OrdinaryCalls.Call call = calls().any(random);
        byte[] whole = request(
                        Kind.BROKEN_OFF,
                        call.method(),
                        call.path(),
                        utf8(OrdinaryCalls.json(call.fields())),
                        "application/json")
                .bytes;
        return new Hostile(
                Arrays.copyOf(whole, random.nextInt(1, whole.length)), Kind.BROKEN_OFF, random.nextBoolean());
    }

    private Hostile oddRequestLine(SplittableRandom random) {
        String path = calls().user() + "/recommendations";
        String[] lines = {
            "GET " + path + "/%zz HTTP/1.1",
            "GET " + path + "?{" + mark + "} HTTP/1.1",
            "GET  " + path + " HTTP/1.1",
            "GET " + path,
            "GET " + path + " HTTP/9.9",
            "GET " + path + " HTTX/1.1",
            path + " HTTP/1.1",
            "GET http://[" + mark + "/ HTTP/1.1",
            "GET http://elsewhere" + path + " HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET * HTTP/1.1",
            "CONNECT " + mark + ":80 HTTP/1.1",
            "",
            "\u0000\u0001\u0002",
            "PRI * HTTP/2.0",
            "\u0016\u0003\u0001\u0002\u0000\u0001",
            "GET " + path + "\tHTTP/1.1",
            "GET /" + "a/".repeat(5_000) + " HTTP/1.1",
            "GET /v1/users/<" + mark + ">/recommendations HTTP/1.1",
            "G@T " + path + " HTTP/1.1",
            "GET " + path + "#" + mark + " HTTP/1.1"
        };
        String head = OrdinaryCalls.pick(lines, random)
                + "\r\nHost: shop\r\nX-API-Key: %s\r\nConnection: close\r\n\r\n".formatted(key);
        return new Hostile(head.getBytes(StandardCharsets.ISO_8859_1), Kind.ODD_REQUEST_LINE, false);
    }

    private Hostile whole(Kind kind, OrdinaryCalls.Call call, byte[] body) {
        return request(kind, call.method(), call.path(), body, "application/json");
    }

    private Hostile request(Kind kind, String method, String path, byte[] body, String type, String... headers) {
        StringBuilder head =
                new StringBuilder("%s %s HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n".formatted(method, path));
        head.append("X-API-Key: ").append(key).append("\r\n");
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return new Hostile(bytes.toByteArray(), kind, false);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
