/** Why a server can't be started here; the first four are for people to mend, the message says how. */
export type UnavailableReason = 'java-missing' | 'java-too-old' | 'maven-missing' | 'port-taken' | 'failed';

/** A server that Frontline starts for itself can't be had. The message is one readable sentence with what to do. */
export class ServerUnavailable extends Error {
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerUnavailable';
    this.reason = reason;
  }
}
