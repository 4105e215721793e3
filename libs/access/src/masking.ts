/** The first character of each name part, and as many stars as stand for the rest, whatever its length: 王小明 → 王**, Wang Xiaoming → W** X**. */
export function maskName(name: string): string {
  return name
    .trim()
    .split(/\s+/)
    .map((part) => `${[...part][0] ?? ''}**`)
    .join(' ');
}

/** The last two digits only: 13800001234 → *********34. */
export function maskPhone(phone: string): string {
  const digits = [...phone];
  return digits.map((character, at) => (at < digits.length - 2 ? '*' : character)).join('');
}

/** The street without its numbers: 平凉路128弄3号502室 → 平凉路***. What follows the first digit is hidden. */
export function maskAddress(address: string): string {
  const at = address.search(/[0-9０-９一二三四五六七八九十]+\s*(?:号|弄|室|楼|幢|单元|支弄)|[0-9０-９]/u);
  return at < 0 ? `${[...address].slice(0, 2).join('')}***` : `${address.slice(0, at).trim()}***`;
}
