package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts {@code discern}, {@code mvnw} and {@code .mvn/find-jdk.sh}, with JDKs that are none. */
@Timeout(60)
class LauncherTests {

    /** Surefire runs in the module's folder. */
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> MODULES =
            List.of("cli", "llm-scoring-service", "training-service", "serving-service", "benchmarks");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void seeOnlyFakeJdks() {
        environment.put("DISCERN_JDK_FOLDERS", folder.resolve("jdks") + "/*");
        environment.put("JAVA_HOME", "");
    }

    @ParameterizedTest
    @CsvSource({
        "17;25, 25",
        "25;26, 25",
        "26;25, 25",
        "17;26, 26",
        "8;11;17;21;25, 25",
    })
    void theJdkThatIsTestedIsPreferredAndANewerOneTaken(String installed, String taken) throws Exception {
        for (String version : installed.split(";", -1)) {
            jdk(version, version + ".0.1");
        }
        assertThat(findJdk()).isEqualTo(new Outcome(0, folder.resolve("jdks/" + taken) + "\n", ""));
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        jdk("installed", "25");
        Path chosen = jdk("chosen", "25.0.3");
        environment.put("JAVA_HOME", chosen.toString());
        assertThat(findJdk().out()).isEqualTo(chosen + "\n");
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        Path found = jdk("25", "25");
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        assertThat(findJdk().out()).isEqualTo(found + "\n");
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Files.delete(jdk("25", "25").resolve("bin/javac"));
        assertThat(findJdk().exitCode()).isEqualTo(1);
    }

    @Test
    void noneIsOneClearSentence() throws Exception {
        jdk("17", "17.0.15");
        assertThat(findJdk())
                .isEqualTo(
                        new Outcome(
                                1,
                                "",
                                "Discern needs a JDK 25 or newer and found none: install one (for example Temurin 25) or set JAVA_HOME to its folder.\n"));
    }

    @Test
    void aFolderWithSpacesIsNotSplit() throws Exception {
        Path found = jdk("a jdk", "25");
        environment.put("JAVA_HOME", found.toString());
        assertThat(findJdk().out()).isEqualTo(found + "\n");
    }

    @Test
    void mvnwStillLooksForAJdk() throws Exception {
        environment.put("DISCERN_JDK_FOLDERS", folder.resolve("nothing").toString());
        Outcome outcome = run(List.of("sh", REPOSITORY.resolve("mvnw").toString(), "--version"), folder);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("Discern needs a JDK 25 or newer and found none");
    }

    @Test
    void buildsWhenAJarIsMissing() throws Exception {
        Path repository = repository();
        Files.delete(repository.resolve("serving-service/target/serving-service-1-exec.jar"));
        Outcome outcome = discern(repository, "status");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).startsWith("Building Discern with Maven; the first build downloads its dependencies");
        assertThat(builds(repository)).isEqualTo(1);
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        Path repository = repository();
        discern(repository, "status");
        assertThat(discern(repository, "status").err()).isEmpty();
        assertThat(builds(repository)).isEqualTo(1);

        Path source = Files.writeString(repository.resolve("training-service/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        discern(repository, "status");
        assertThat(builds(repository)).isEqualTo(2);
    }

    @Test
    void aFailedBuildIsNotRun() throws Exception {
        Path repository = repository();
        script(repository.resolve("mvnw"), "echo 'a compiler error'; exit 1");
        Outcome outcome = discern(repository, "status");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("a compiler error").contains("The build failed");
    }

    @Test
    void runsTheJarWithTheFoundJdkFromAnywhereThroughALink() throws Exception {
        Path repository = repository();
        Path link = Files.createDirectories(folder.resolve("bin")).resolve("discern");
        Files.createSymbolicLink(link, Path.of("../a repository/discern"));

        Outcome outcome = run(List.of(link.toString(), "recommend", "a user", "-k", "3"), folder);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(
                        "repository " + repository.toRealPath(),
                        "working folder " + folder.toRealPath(),
                        "jar " + repository.toRealPath().resolve("cli/target/cli-1-exec.jar"),
                        "argument recommend",
                        "argument a user",
                        "argument -k",
                        "argument 3");
    }

    @Test
    void passesOnTheExitCode() throws Exception {
        Path repository = repository();
        script(folder.resolve("jdks/25/bin/java"), "exit 2");
        assertThat(discern(repository, "status").exitCode()).isEqualTo(2);
    }

    private Outcome findJdk() throws Exception {
        String script = ". '%s'; discern_find_jdk || exit 1; echo \"$JAVA_HOME\""
                .formatted(REPOSITORY.resolve(".mvn/find-jdk.sh"));
        return run(List.of("sh", "-c", script), folder);
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdks").resolve(name));
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/javac"), "exit 0");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        return jdk;
    }

    /** The real launcher among jars that are empty, with a Maven that counts its runs and a java that prints what it was given. */
    private Path repository() throws IOException {
        Path repository = Files.createDirectories(folder.resolve("a repository"));
        Files.createDirectories(repository.resolve(".mvn"));
        Files.copy(REPOSITORY.resolve(".mvn/find-jdk.sh"), repository.resolve(".mvn/find-jdk.sh"));
        Files.copy(REPOSITORY.resolve("discern"), repository.resolve("discern"));
        Files.setPosixFilePermissions(repository.resolve("discern"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(repository.resolve("pom.xml"), "");
        for (String module : MODULES) {
            Files.createDirectories(repository.resolve(module + "/src/main"));
            Files.createDirectories(repository.resolve(module + "/target"));
            Files.writeString(repository.resolve(module + "/pom.xml"), "");
            Files.writeString(repository.resolve(module + "/target/" + module + "-1-exec.jar"), "");
        }
        script(
                repository.resolve("mvnw"),
                "echo built >> builds; touch serving-service/target/serving-service-1-exec.jar");
        script(jdk("25", "25").resolve("bin/java"), """
                echo "repository $DISCERN_REPO"
                echo "working folder $(pwd -P)"
                while [ "$1" != -jar ]; do shift; done
                echo "jar $2"
                shift 2
                for argument; do echo "argument $argument"; done""");
        return repository;
    }

    private static long builds(Path repository) throws IOException {
        return Files.readAllLines(repository.resolve("builds")).size();
    }

    private Outcome discern(Path repository, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(repository.resolve("discern").toString()));
        command.addAll(List.of(arguments));
        return run(command, folder);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(List<String> command, Path workingFolder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PATH", "/usr/bin:/bin");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(err));
    }
}
