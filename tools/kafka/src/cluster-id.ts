/**
 * The id of a new cluster: 16 bytes in URL-safe base64, as Kafka's storage tool wants it. Its first bit is 0, so that it
 * begins with a letter: the tool takes an id that begins with "-" for an option, and one of 64 random ones did.
 */
export function clusterId(random: Buffer): string {
  const bytes = Buffer.from(random);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}
