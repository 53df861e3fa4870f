package io.vivace.service.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `internal_server`: readiness and metrics on a port of their own.
///
/// @param enable key `enable`
/// @param httpListenAddress key `http_listen_address`
/// @param httpListenPort key `http_listen_port`
/// @param others known keys without effect
public record InternalServerConfig(
    boolean enable,
    String httpListenAddress,
    int httpListenPort,
    @Rest Map<String, @Nullable Object> others) {}
