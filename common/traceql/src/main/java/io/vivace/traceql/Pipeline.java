package io.vivace.traceql;

import java.util.List;

/// Stages in order, at least one.
public record Pipeline(List<Stage> stages) {}
