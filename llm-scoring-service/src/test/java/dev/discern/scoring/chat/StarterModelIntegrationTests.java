package dev.discern.scoring.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A chat model that a Spring AI starter would make, in place of an endpoint. */
@Timeout(300)
@Import(StarterModelIntegrationTests.Starter.class)
class StarterModelIntegrationTests extends ScoringServiceTest {

    private static final int USERS = 20;
    private static final Catalogs CATALOG = new Catalogs(USERS, 40);

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private OneInFour model;

    @DynamicPropertySource
    static void llm(DynamicPropertyRegistry properties) {
        properties.add("discern.llm.model", () -> "own-model");
        properties.add("discern.llm.retry.first-delay", () -> "1ms");
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Starter {
        @Bean
        OneInFour chatModel() {
            return new OneInFour();
        }
    }

    /** Fails every fourth call; otherwise all candidates are worth 50. */
    static final class OneInFour implements ChatModel {

        private final AtomicInteger calls = new AtomicInteger();
        private final Map<String, Integer> answered = new ConcurrentHashMap<>();

        @Override
        public ChatResponse call(Prompt prompt) {
            if (calls.incrementAndGet() % 4 == 0) {
                throw new IllegalStateException("overloaded");
            }
            assertThat(prompt.getOptions().getModel()).isEqualTo("own-model");
            answered.merge(prompt.getUserMessage().getText(), 1, Integer::sum);
            return new ChatResponse(
                    List.of(new Generation(
                            new AssistantMessage("{\"A\":50,\"B\":50,\"C\":50,\"D\":50,\"E\":50}"),
                            ChatGenerationMetadata.builder()
                                    .finishReason("end_turn")
                                    .build())),
                    ChatResponseMetadata.builder()
                            .usage(new DefaultUsage(100, 20))
                            .build());
        }
    }

    @BeforeEach
    void catalog(@LocalServerPort int port) throws Exception {
        client = new ScoringClient(port);
        client.importFiles(CATALOG.itemRows().replace("i0,\n", "i0,a thing\n"), CATALOG.interactionRows());
    }

    @Test
    void isAskedTriedAgainAndBooked() throws Exception {
        JsonNode result = client.run("/scoring-jobs", plan("chat")).at("/result");

        assertThat(result.at("/scored").asInt()).as(result.toPrettyString()).isEqualTo(USERS);
        assertThat(result.at("/calls").asInt()).isEqualTo(model.calls.get());
        assertThat(result.at("/promptTokens").asInt()).isEqualTo(100 * USERS);
        assertThat(result.at("/completionTokens").asInt()).isEqualTo(20 * USERS);
        assertThat(result.at("/chat/unknownCalls").asInt())
                .as("what a failed call cost nobody knows")
                .isEqualTo(model.calls.get() - USERS)
                .isPositive();
        assertThat(model.answered.values()).hasSize(USERS).containsOnly(1);
        assertThat(jdbc.sql("select judge from scoring_run").query(String.class).single())
                .startsWith("chat/OneInFour/own-model/listwise@");
    }

    @Test
    void hasNoBatches() throws Exception {
        assertThat(client.post("/scoring-jobs", plan("batch"))).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(HttpStatus.BAD_REQUEST.value());
            assertThat(answer.body()).contains("has no batches");
        });
    }

    private static String plan(String judge) {
        return "{\"judge\":\"%s\",\"quotas\":{\"uniform\":4,\"popular\":0,\"tail\":0,\"cold\":0}}".formatted(judge);
    }
}
