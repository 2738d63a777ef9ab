import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The formatter's command: {@code Format --check|--write PATH…}, where a path is a Java file or a folder of them. */
final class Format {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    public static void main(String[] args) throws IOException {
        if (args.length < 2 || !Set.of("--check", "--write").contains(args[0])) {
            System.err.println("usage: Format --check|--write PATH...");
            System.exit(64);
        }
        List<Path> files = new ArrayList<>();
        for (String path : List.of(args).subList(1, args.length)) {
            files.addAll(javaFiles(Path.of(path)));
        }
        boolean write = args[0].equals("--write");
        List<String> complaints = files.parallelStream()
                .map(file -> format(file, write))
                .filter(complaint -> !complaint.isEmpty())
                .toList();
        complaints.forEach(System.err::println);
        boolean broken = complaints.stream().anyMatch(complaint -> !complaint.startsWith("formatted "));
        if (broken && !write) {
            System.err.println("Run ./format --all and look at what it changed.");
        }
        System.exit(broken ? 1 : 0);
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip = !folder.equals(root)
                        && NOT_OURS.contains(folder.getFileName().toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static String format(Path file, boolean write) {
        try {
            String before = Files.readString(file);
            String after = FORMATTER.formatSourceAndFixImports(before);
            if (before.equals(after)) {
                return "";
            }
            if (!write) {
                return file + ": not formatted";
            }
            Files.writeString(file, after);
            return "formatted " + file;
        } catch (FormatterException e) {
            return file + ": " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
