package dev.railiance.cli.verb;

import dev.railiance.EngineSettings;
import dev.railiance.cli.args.Arguments;
import dev.railiance.cli.args.Option;
import dev.railiance.deploy.HelmDeployer;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;
import dev.railiance.failure.Outcome;
import dev.railiance.ledger.LedgerLocation;
import dev.railiance.ledger.LedgerVariables;
import dev.railiance.ledger.SharedLocation;
import dev.railiance.prometheus.ReachedPrometheus;
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
        try {
            LedgerLocation ledger = option != null
                    ? named(option, surroundings.directory())
                    : LedgerVariables.read(surroundings.environment(), surroundings.directory())
                            .orElseGet(() -> LedgerLocation.of(repository));
            return Outcome.done(new Place(repository, contract, ledger));
        } catch (IllegalArgumentException e) {
            return Outcome.notDone(
                    new Failure(Code.USAGE, String.valueOf(e.getMessage()), "railiance status --ledger DIR"));
        }
    }

    /** The value stays unsaid: a URL may hold a password. */
    private static LedgerLocation named(String option, Path directory) {
        if (option.startsWith(SharedLocation.JDBC)) {
            throw new IllegalArgumentException(
                    Option.LEDGER.name() + " names no shared ledger, since everybody can read a command line; "
                            + LedgerVariables.LEDGER + " or " + LedgerVariables.FILE + " does");
        }
        try {
            Path embedded = LedgerLocation.Embedded.parse(option).directory();
            return new LedgerLocation.Embedded(directory.resolve(embedded).normalize());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Option.LEDGER.name() + " " + e.getMessage(), e);
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

    /** Settings of an engine that reaches the cluster with the tools on PATH. */
    EngineSettings onCluster() {
        return EngineSettings.of(ledger)
                .withDeployers(HelmDeployer::create)
                .withMetricSources(ReachedPrometheus::create);
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
