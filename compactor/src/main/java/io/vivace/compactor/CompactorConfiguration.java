package io.vivace.compactor;

import org.springframework.context.annotation.Configuration;

/// The beans of the compactor; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class CompactorConfiguration {}
