package dev.discern.serving;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serving could not ask an LLM or an encoder even if somebody wrote the code: the classes are not there. */
class ClassPathTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.ai.chat.model.ChatModel",
                "org.springframework.ai.embedding.EmbeddingModel",
                "dev.langchain4j.model.embedding.EmbeddingModel",
                "ai.onnxruntime.OrtEnvironment",
                "ai.djl.Model",
                "com.openai.client.OpenAIClient",
                "org.springframework.jdbc.core.JdbcTemplate",
                "org.springframework.boot.jdbc.DataSourceBuilder",
                "jakarta.persistence.EntityManager",
                "org.springframework.batch.core.job.Job",
                "dev.discern.scoring.ScoringApplication",
                "dev.discern.training.TrainingApplication"
            })
    void isNotThere(String className) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> find(className));
    }

    @Test
    void whatIsThereIsFound() {
        assertThatCode(() -> find("dev.discern.serving.ServingApplication")).doesNotThrowAnyException();
    }

    private static Class<?> find(String className) throws ClassNotFoundException {
        return Class.forName(className, false, ClassPathTests.class.getClassLoader());
    }
}
