package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;

class CodeVersionTests {

    private static final BuildProperties BUILD = new BuildProperties(properties("version", "1.2.0"));

    @Test
    void isAsMuchAsTheBuildTells() {
        assertThat(CodeVersion.name(null, null)).isEqualTo("unknown");
        assertThat(CodeVersion.name(BUILD, null)).isEqualTo("1.2.0");
        assertThat(CodeVersion.name(BUILD, git("false"))).isEqualTo("1.2.0+7a13aac");
        assertThat(CodeVersion.name(BUILD, git("true"))).isEqualTo("1.2.0+7a13aac-dirty");
    }

    private static GitProperties git(String dirty) {
        Properties properties = properties("commit.id.abbrev", "7a13aac");
        properties.setProperty("dirty", dirty);
        return new GitProperties(properties);
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
