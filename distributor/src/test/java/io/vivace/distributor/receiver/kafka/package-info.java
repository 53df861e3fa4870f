/// Tests of the Kafka receiver in front of Kafka's own stand-in for a broker.
@NullMarked
package io.vivace.distributor.receiver.kafka;

import org.jspecify.annotations.NullMarked;
