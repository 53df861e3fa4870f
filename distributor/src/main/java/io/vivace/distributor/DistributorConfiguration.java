package io.vivace.distributor;

import org.springframework.context.annotation.Configuration;

/// The beans of the distributor; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class DistributorConfiguration {}
