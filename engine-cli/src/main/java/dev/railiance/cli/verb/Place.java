package dev.railiance.cli.verb;

import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Option;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command is about.
 *
 * @param repository an absolute directory
 * @param contract the file that the command line names, or the usual one; it need not exist
 * @param ledger where it is; it need not exist
 */
record Place(Path repository, Path contract, LedgerLocation ledger) {

    private static final String LEDGER_VARIABLE = "RAILIANCE_LEDGER";

    /** Reads it off the command line and what is around it. */
    static Outcome<Place> of(Arguments arguments, Surroundings surroundings) {
        Path here = surroundings.directory();
        try {
            String given = arguments.value(Option.REPOSITORY).orElse(null);
            Path repository =
                    given == null ? nearest(here) : here.resolve(given).normalize();
            if (!Files.isDirectory(repository)) {
                return Outcome.notDone(new Failure(
                        Code.REPOSITORY_NOT_FOUND,
                        (Files.exists(repository) ? "not a directory: " : "no such directory: ") + repository,
                        "name the repository with --repo DIR"));
            }
            String file = arguments.value(Option.CONTRACT).orElse(null);
            Path contract =
                    file == null ? contractOf(repository) : here.resolve(file).normalize();
            return ledger(arguments, surroundings, repository, contract);
        } catch (InvalidPathException e) {
            return Outcome.notDone(
                    new Failure(Code.USAGE, "a path on the command line is none that this system can have", ""));
        }
    }

    private static Outcome<Place> ledger(
            Arguments arguments, Surroundings surroundings, Path repository, Path contract) {
        String option = arguments.value(Option.LEDGER).orElse(null);
        String given = option != null ? option : surroundings.environment().getOrDefault(LEDGER_VARIABLE, "");
        if (option == null && given.isEmpty()) {
            return Outcome.done(new Place(repository, contract, LedgerLocation.of(repository)));
        }
        try {
            Path directory =
                    surroundings.directory().resolve(LedgerLocation.parse(given).directory());
            return Outcome.done(new Place(repository, contract, new LedgerLocation(directory.normalize())));
        } catch (IllegalArgumentException e) {
            // The value stays unsaid: a URL may hold a password.
            String source = option != null ? Option.LEDGER.name() : LEDGER_VARIABLE;
            return Outcome.notDone(new Failure(
                    Code.USAGE,
                    source + " is neither a directory nor jdbc:h2:file:DIRECTORY without settings of its own",
                    "railiance status --ledger DIR"));
        }
    }

    /** The file that an option names, seen from where the command was called; it need not exist. */
    static Outcome<Optional<Path>> path(Arguments arguments, Option option, Surroundings surroundings) {
        try {
            return Outcome.done(arguments.value(option).map(surroundings.directory()::resolve));
        } catch (InvalidPathException e) {
            return Outcome.notDone(
                    new Failure(Code.USAGE, "a path on the command line is none that this system can have", ""));
        }
    }

    /** Says so where there is no contract. */
    Outcome<Place> withContract() {
        if (Files.exists(contract)) {
            return Outcome.done(this);
        }
        return Outcome.notDone(
                new Failure(
                        Code.CONTRACT_NOT_FOUND,
                        "no contract: " + contract + " does not exist",
                        "write railiance/app.toml (railiance schema railiance-app shows its form), or name it with --app FILE"));
    }

    private static Path nearest(Path here) {
        for (Path directory = here; directory != null; directory = directory.getParent()) {
            if (Files.exists(contractOf(directory))) {
                return directory;
            }
        }
        return here;
    }

    private static Path contractOf(Path repository) {
        return repository.resolve("railiance").resolve("app.toml");
    }
}
