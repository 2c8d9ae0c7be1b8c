package dev.discern.scoring.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The templates as files, from which table {@code prompt_version} is filled. */
final class TemplateFiles {

    private static final String BUILD = "classpath:prompts/*.txt";
    private static final String EXTENSION = ".txt";

    private TemplateFiles() {}

    /**
     * Those of a folder, by name, then those of the build.
     *
     * @throws IOException when the folder cannot be read
     * @throws IllegalArgumentException when a file is no template
     */
    static List<PromptTemplate> read(@Nullable Path folder) throws IOException {
        List<PromptTemplate> templates = new ArrayList<>();
        if (folder != null) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
                for (Path file : files) {
                    templates.add(PromptTemplate.parse(
                            name(file.getFileName().toString()), Files.readString(file, StandardCharsets.UTF_8)));
                }
            }
            templates.sort(Comparator.comparing(PromptTemplate::name));
        }
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(BUILD)) {
            templates.add(PromptTemplate.parse(
                    name(String.valueOf(file.getFilename())), file.getContentAsString(StandardCharsets.UTF_8)));
        }
        return templates;
    }

    private static String name(String file) {
        return file.substring(0, file.length() - EXTENSION.length());
    }
}
