package io.vivace.ring.jgroups;

import java.net.InetSocketAddress;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.protocols.TCPPING;
import org.jgroups.util.Responses;

/// Finds members at addresses that may change between two searches: pods come and go behind one
/// name. The engine searches at its start, and now and then to heal what was split.
final class Seeds extends TCPPING {
  private final SeedAddresses addresses;

  Seeds(SeedAddresses addresses) {
    this.addresses = addresses;
    // the protocol keeps a name of its own in what it sends; a subclass shares its parent's
    setId(org.jgroups.conf.ClassConfigurator.getProtocolId(TCPPING.class));
    this.<TCPPING>setPortRange(0).<TCPPING>setInitialHosts(List.<InetSocketAddress>of());
  }

  @Override
  public void findMembers(List<Address> members, boolean isInitialDiscovery, Responses responses) {
    this.<TCPPING>setInitialHosts(addresses.current());
    super.findMembers(members, isInitialDiscovery, responses);
  }
}
