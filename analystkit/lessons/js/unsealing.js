/** Reads the key that sealing.py masked: it is hidden from a glance, not from an expert. */

/** The key of a sealed text. */
export function unseal(sealed) {
  const [salt, masked] = sealed.split(":");
  const next = mask(parseInt(salt, 16));
  const bytes = Uint8Array.from(atob(masked), (character) => character.charCodeAt(0) ^ next());
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Bytes of the generator mulberry32. */
function mask(salt) {
  let state = salt | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 24;
  };
}
