import { v5 } from 'uuid';

/** Root of all ids of the scenarios; a random UUID of its own, so that no other system's ids can meet these. */
const NAMESPACE = '5b0c2c5e-6d5f-4f0e-9a43-0b7a1f1c8d21';

/** The id of a thing, from its kind and code: the same in every run, file and service. */
export function idOf(kind: string, code: string): string {
  return v5(`${kind}:${code}`, NAMESPACE);
}

/** The id of an organization by its code. */
export const organizationId = (code: string): string => idOf('organization', code);
