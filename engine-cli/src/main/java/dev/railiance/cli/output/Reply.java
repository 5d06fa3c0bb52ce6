package dev.railiance.cli.output;

import dev.railiance.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The answer to a command: one document, text or failure, written once, and the exit code that goes with it. */
public final class Reply {

    /** The schema of a failure's document. */
    public static final String ERROR_SCHEMA = "railiance.error.v1";

    private final OutputStream out;
    private final OutputStream err;
    private final Terminal terminal;
    private final Format format;
    private final UnaryOperator<String> runnable;

    /** An answer to these streams, in this form. */
    public Reply(OutputStream out, OutputStream err, Terminal terminal, Format format) {
        this(out, err, terminal, format, command -> command);
    }

    private Reply(
            OutputStream out, OutputStream err, Terminal terminal, Format format, UnaryOperator<String> runnable) {
        this.runnable = runnable;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.format = format;
    }

    /** The form that was asked for. */
    public Format format() {
        return format;
    }

    /** What is known about the terminal. */
    public Terminal terminal() {
        return terminal;
    }

    /** A reply whose commands for people are made runnable from where they are. */
    public Reply about(UnaryOperator<String> runnable) {
        return new Reply(out, err, terminal, format, runnable);
    }

    /** A command for people, as it can be run from where they are. */
    public String runnable(String command) {
        return runnable.apply(command);
    }

    /**
     * Answers with a document.
     *
     * @param json the document
     * @param text the same for people; made only where somebody reads it
     * @return the exit code
     */
    public int document(int exitCode, String json, Supplier<String> text) {
        if (format == Format.TEXT) {
            return text(exitCode, text.get());
        }
        return text(exitCode, format == Format.YAML ? Yaml.of(json) : JsonLines.indented(json));
    }

    /** Answers with a text as it is. */
    public int text(int exitCode, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return exitCode;
        } catch (IOException e) {
            return notWritten(exitCode, e);
        }
    }

    /** Answers with a failure: on the error stream for people, as a document for programs. */
    public int failure(Failure failure) {
        int exitCode = failure.code().category().exitCode();
        if (format == Format.JSON || format == Format.YAML) {
            String json = "{\"schema\":" + JsonLines.quoted(ERROR_SCHEMA) + ",\"code\":"
                    + JsonLines.quoted(failure.code().name()) + ",\"message\":" + JsonLines.quoted(failure.message())
                    + ",\"hint\":" + JsonLines.quoted(runnable(failure.hint())) + ",\"exitCode\":" + exitCode + "}";
            return text(exitCode, format == Format.YAML ? Yaml.of(json) : JsonLines.indented(json));
        }
        note("railiance: " + failure.message() + "\n"
                + (failure.hint().isEmpty() ? "" : "  next: " + runnable(failure.hint()) + "\n"));
        return exitCode;
    }

    /** Says something beside the answer. That nobody may be listening changes nothing. */
    public void note(String text) {
        report(Plain.lines(text));
    }

    /** Takes so many lines of what was noted last away; for a terminal that can redraw. */
    public void takeBack(int lines) {
        report("\u001b[" + lines + "A\u001b[J");
    }

    private void report(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException ignored) {
            // There is nowhere left to say so.
        }
    }

    /** A reader that has gone (as head does) has what it wanted; anything else is an error. */
    private int notWritten(int exitCode, IOException e) {
        String why = e.getMessage() == null ? "" : e.getMessage();
        if (why.contains("Broken pipe")) {
            return exitCode;
        }
        note("railiance: the answer could not be written: " + why + "\n");
        return exitCode == 0 ? Failure.Code.OUTPUT_UNWRITABLE.category().exitCode() : exitCode;
    }
}
