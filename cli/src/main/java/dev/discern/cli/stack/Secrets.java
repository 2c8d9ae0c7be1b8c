package dev.discern.cli.stack;

import java.security.SecureRandom;
import java.util.Base64;

/** Keys nobody can guess: 32 random bytes. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String apiKey() {
        return "discern_" + random();
    }

    static String password() {
        return random();
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
