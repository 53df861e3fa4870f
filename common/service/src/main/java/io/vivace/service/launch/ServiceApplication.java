package io.vivace.service.launch;

import io.vivace.service.http.HttpConfiguration;
import io.vivace.service.ring.RingConfiguration;
import io.vivace.service.status.StatusConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The servlet context of a process: one for all the services it runs.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  ServiceKitConfiguration.class,
  RingConfiguration.class,
  HttpConfiguration.class,
  StatusConfiguration.class
})
class ServiceApplication {}
