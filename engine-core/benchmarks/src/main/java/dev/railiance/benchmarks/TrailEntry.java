package dev.railiance.benchmarks;

import dev.railiance.projection.ReliedOn;
import dev.railiance.promotion.Phase;
import java.time.Instant;
import java.util.List;

/** What the audit trail says about an event: who did what, when, on what evidence, where it led to. */
record TrailEntry(
        long position,
        long sequence,
        String type,
        Instant at,
        String by,
        Phase phase,
        String hash,
        List<ReliedOn> evidence) {}
