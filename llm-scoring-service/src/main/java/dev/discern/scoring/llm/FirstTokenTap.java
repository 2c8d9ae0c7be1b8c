package dev.discern.scoring.llm;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the log-probabilities of an answer's first token from the HTTP answer as it passes: Spring AI asks for them but does not hand
 * them on. It looks on in the thread that makes the call.
 */
final class FirstTokenTap implements Interceptor {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ScopedValue<AtomicReference<@Nullable List<ChatReply.Alternative>>> WANTED =
            ScopedValue.newInstance();

    private final Interceptor sender;

    FirstTokenTap(Interceptor sender) {
        this.sender = sender;
    }

    /** Makes a call and adds what it told of its first token. */
    static ChatReply.Answer listening(Callable<ChatReply.Answer> call) {
        AtomicReference<@Nullable List<ChatReply.Alternative>> heard = new AtomicReference<>();
        ChatReply.Answer answer;
        try {
            answer = ScopedValue.where(WANTED, heard).call(call::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new ChatReply.Answer(answer.text(), answer.refusal(), answer.truncated(), answer.usage(), heard.get());
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = sender.intercept(chain);
        ResponseBody body = response.body();
        if (!WANTED.isBound() || !response.isSuccessful() || body == null) {
            return response;
        }
        byte[] bytes = body.bytes();
        WANTED.get().set(alternatives(bytes));
        return response.newBuilder()
                .body(ResponseBody.create(bytes, body.contentType()))
                .build();
    }

    private static @Nullable List<ChatReply.Alternative> alternatives(byte[] completion) {
        try {
            return ChatWire.firstToken(JSON.readTree(completion));
        } catch (JacksonException e) {
            return null; // whoever reads the answer finds that it is no JSON
        }
    }
}
