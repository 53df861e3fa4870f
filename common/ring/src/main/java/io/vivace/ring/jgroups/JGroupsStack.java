package io.vivace.ring.jgroups;

import java.util.ArrayList;
import java.util.List;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/// The protocols of a member, from the socket upwards.
///
/// One port: a closed connection is the sign that a process died, heartbeats over the same
/// connections tell of frozen ones and of lost networks. Buffers are small, since every member has
/// a connection to every other.
final class JGroupsStack {
  private static final int BUNDLE_BYTES = 16_000;
  private static final int FRAGMENT_BYTES = 14_000;
  private static final int HEARTBEATS_PER_SILENCE = 4;

  private JGroupsStack() {}

  /// A new stack.
  static List<Protocol> of(EngineSettings settings, SeedAddresses seeds) throws Exception {
    List<Protocol> stack = new ArrayList<>();
    stack.add(transport(settings));
    stack.add(new Seeds(seeds));
    stack.add(new MERGE3().setMinInterval(1_000).setMaxInterval(4_000).setCheckInterval(5_000));
    long silence = settings.silence().toMillis();
    stack.add(
        new FD_ALL3()
            .setTimeout(silence)
            .setInterval(Math.max(1, silence / HEARTBEATS_PER_SILENCE)));
    stack.add(new VERIFY_SUSPECT2().setTimeout(1_000));
    NAKACK2 reliable = new NAKACK2();
    reliable.setValue("use_mcast_xmit", false);
    stack.add(reliable);
    stack.add(new UNICAST3());
    stack.add(new STABLE());
    GMS views = new GMS().setJoinTimeout(1_000).setLeaveTimeout(2_000).setMergeTimeout(5_000);
    views.setValue("print_local_addr", false);
    stack.add(views);
    stack.add(new UFC());
    stack.add(new MFC());
    stack.add(new FRAG4().setFragSize(FRAGMENT_BYTES));
    return stack;
  }

  private static TCP transport(EngineSettings settings) throws Exception {
    TCP transport = new TCP();
    transport.<TCP>setBindAddress(settings.bindAddress()).<TCP>setBindPort(settings.bindPort());
    transport.<TCP>setPortRange(0).<TCP>useVirtualThreads(true);
    if (settings.advertised() != null) {
      transport
          .<TCP>setExternalAddr(settings.advertised().address())
          .<TCP>setExternalPort(settings.advertised().port());
    }
    // an output buffer takes a whole bundle
    int buffer = BUNDLE_BYTES + 4 * Integer.BYTES;
    transport.setBufferedInputStreamSize(buffer).setBufferedOutputStreamSize(buffer);
    transport.setSockConnTimeout(Math.toIntExact(settings.dialTimeout().toMillis()));
    transport.setValue("tcp_nodelay", true);
    transport.setValue("enable_suspect_events", true);
    transport.setValue("non_blocking_sends", true);
    transport.<TCP>setBundler(new PerDestinationBundler().setMaxSize(BUNDLE_BYTES));
    transport.<TCP>setLogDiscardMessages(false);
    return transport;
  }
}
