/** How long an answer may be kept, in seconds, and by whom; the scope is only there if it was said. */
export interface CacheHint {
  maxAge: number;
  scope?: 'PUBLIC' | 'PRIVATE';
}

/** Services send the same few hints with all their answers. */
const known = new Map<string, CacheHint>();
const KNOWN = 100;

/** What a service's Cache-Control header says about its answer. */
export function cacheHint(header: string | string[] | undefined): CacheHint {
  const text = String(header ?? '');
  let hint = known.get(text);
  if (!hint) {
    hint = parsed(text);
    if (known.size < KNOWN) known.set(text, hint);
  }
  return hint;
}

/**
 * What a service's Cache-Control header (RFC 9111) says about its answer. Without one, or without `max-age`, an answer
 * must not be kept. Directives are told apart whatever their case, and `no-store` and `no-cache` win over `max-age`.
 */
function parsed(header: string): CacheHint {
  const directives = new Map(
    header
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', value] = part.trim().split(/\s*=\s*/, 2);
        return [name, value?.replace(/^"|"$/g, '')] as const;
      }),
  );
  const seconds = directives.get('max-age');
  const isForbidden = directives.has('no-store') || directives.has('no-cache');
  return {
    maxAge: seconds !== undefined && /^\d+$/.test(seconds) && !isForbidden ? Number(seconds) : 0,
    ...(directives.has('public') && { scope: 'PUBLIC' }),
    ...(directives.has('private') && { scope: 'PRIVATE' }),
  };
}
