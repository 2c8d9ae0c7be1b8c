package dev.discern.cli.api;

import dev.discern.cli.terminal.CliException;
import dev.discern.client.ApiClient;
import dev.discern.client.ApiException;
import dev.discern.client.JSON;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Generated calls over the connections of a {@link ServiceClient}, with its key and its words for what goes wrong. Of one thread. */
final class GeneratedClient extends ApiClient {

    private final ServiceClient service;
    private @Nullable HttpRequest asked;

    /** A call of a generated method. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws ApiException;
    }

    GeneratedClient(ServiceClient service) {
        super(
                HttpClient.newBuilder(),
                new JSON().getMapper(),
                service.endpoint().url().toString());
        this.service = service;
        setReadTimeout(ServiceClient.ANSWER_TIMEOUT);
        setRequestInterceptor(request -> {
            service.authorize(request);
            asked = request.copy().build();
        });
        setResponseInterceptor(ServiceClient::requireAccepted);
    }

    @Override
    public HttpClient getHttpClient() {
        return ServiceClient.HTTP;
    }

    /** Makes a call; whatever goes wrong becomes what it becomes in a {@link ServiceClient}. */
    <T> T call(Call<T> call) {
        try {
            return call.make();
        } catch (ApiException e) {
            throw switch (e.getCause()) {
                case InterruptedException _ -> ServiceClient.interrupted();
                case IOException failure -> service.unanswered(request(), failure, ServiceClient.ANSWER_TIMEOUT);
                case JacksonException failure -> service.misread(request().uri(), "answer", failure);
                case null, default ->
                    CliException.failed("%s: %s".formatted(ServiceClient.words(request()), e.getMessage()), e);
            };
        }
    }

    private HttpRequest request() {
        return Objects.requireNonNull(asked);
    }
}
