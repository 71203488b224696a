package dev.birdconnect.client;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.Right;

/**
 * Finds out what a key may do, without doing it. Each call posts an empty object, which lacks what
 * every such request must have, so it is refused. The order of the API's checks is not known
 * (assumption 31): where it looks at the fields before the rights, a right that is missing is not
 * found out, but none is missed that is there.
 */
public interface RightsApi {

  /** Whether the key may send through a channel. */
  ApiCall<Right> maySend(ChannelAddress address);

  /** Whether the key may send batches through a channel. */
  ApiCall<Right> maySendBatch(ChannelAddress address);

  /** Whether the key may have upload forms for media of a channel. */
  ApiCall<Right> mayUpload(ChannelAddress address);
}
