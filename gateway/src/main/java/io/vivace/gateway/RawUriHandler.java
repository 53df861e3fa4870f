package io.vivace.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;

/// Repairs the target of HTTP/1.1 requests before anything parses it as a URI.
final class RawUriHandler extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      HttpRequest _ = request.setUri(RawUri.repair(request.uri()));
    }
    context.fireChannelRead(message);
  }
}
