package dev.birdconnect.client.verdict;

/** Where workspace and channel of a send come from; decides what 403 and 404 mean. */
public enum AddressOrigin {
  /** From the connector's settings: a wrong one concerns every record. */
  CONFIGURED,
  /** From the record: a wrong one concerns this record only. */
  RECORD
}
