package dev.railiance.ledger.postgresql;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Hands the one server of this test run to whoever asks for a {@link RealPostgres}; skips him where there can be none. */
public final class PostgresServer implements ParameterResolver {

    /** A server, or why there is none. */
    private record Started(Object result) implements AutoCloseable {

        static Started now() {
            try {
                return new Started(RealPostgres.start());
            } catch (IOException e) {
                return new Started(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (result instanceof RealPostgres server) {
                server.close();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RealPostgres.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = context.getRoot()
                .getStore(Namespace.create(PostgresServer.class))
                .getOrComputeIfAbsent(Started.class, type -> Started.now(), Started.class);
        if (started.result() instanceof RealPostgres server) {
            return server;
        }
        throw new TestAbortedException("PostgreSQL cannot run here: " + started.result());
    }
}
