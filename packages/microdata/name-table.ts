const INITIAL_SLOTS = 2048;
/** Of a name so many characters are hashed. */
const HASHED_CHARACTERS = 16;
/** More names than an array of JavaScript has room for; with a prefix below 2^28 a number still fits into 53 bits. */
const NUMBERS = 2 ** 25;

/**
 * Numbers different names: 0, 1, 2 ... in the order of their first appearance. For names such as digests in base64url:
 * ASCII, and their first characters tell almost all of them apart. A Map does the same, but for hundreds of thousands of
 * names each of its look-ups waits for memory several times; this table keeps the hashes side by side.
 */
export class NameTable {
  readonly #names: string[] = [];
  /** Pairs: a name's hash, its number + 1. The latter is 0 in a free slot; names whose slot is taken stand in the next free one. */
  #slots = new Int32Array(2 * INITIAL_SLOTS);

  get size(): number {
    return this.#names.length;
  }

  /**
   * Writes the numbers of some names into `numbers` from `start` on. It is given many names at once because in loops as
   * short as these the processor fetches several of them from memory together.
   */
  numberAll(names: readonly string[], numbers: Int32Array, start: number): void {
    // At most half of the slots are taken, so that a search ends soon.
    while (4 * (this.size + names.length) > this.#slots.length) this.#grow();
    for (let place = 0; place < names.length; place++) numbers[start + place] = hashOf(names[place]!);
    for (let place = 0; place < names.length; place++)
      numbers[start + place] = this.#numberOf(names[place]!, numbers[start + place]!);
  }

  at(number: number): string {
    return this.#names[number]!;
  }

  /** The numbers of all names in the names' order: sorted by prefix, then put right where neighbours share one. */
  inOrder(): Int32Array {
    const packed = new Float64Array(this.size);
    for (let number = 0; number < this.size; number++)
      packed[number] = prefixOf(this.#names[number]!) * NUMBERS + number;
    packed.sort();
    const inOrder = new Int32Array(this.size);
    for (let place = 0; place < this.size; place++) {
      const number = packed[place]! % NUMBERS;
      const prefix = packed[place]! - number;
      let to = place;
      for (; to > 0 && packed[to - 1]! >= prefix && this.#names[inOrder[to - 1]!]! > this.#names[number]!; to--)
        inOrder[to] = inOrder[to - 1]!;
      inOrder[to] = number;
    }
    return inOrder;
  }

  #numberOf(name: string, hash: number): number {
    const slots = this.#slots;
    let slot = this.#firstSlot(hash);
    for (let taken = slots[slot + 1]!; taken !== 0; taken = slots[slot + 1]!) {
      if (slots[slot] === hash && this.#names[taken - 1] === name) return taken - 1;
      slot = (slot + 2) & (slots.length - 1);
    }
    slots[slot] = hash;
    slots[slot + 1] = this.#names.push(name);
    return this.size - 1;
  }

  #firstSlot(hash: number): number {
    return (hash << 1) & (this.#slots.length - 1);
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      let slot = this.#firstSlot(before[from]!);
      while (this.#slots[slot + 1] !== 0) slot = (slot + 2) & (this.#slots.length - 1);
      this.#slots[slot] = before[from]!;
      this.#slots[slot + 1] = before[from + 1]!;
    }
  }
}

/** FNV-1a of the first characters, its upper bits mixed into the lower ones, which choose the slot. */
function hashOf(name: string): number {
  const length = Math.min(name.length, HASHED_CHARACTERS);
  let hash = 0x811c9dc5;
  for (let place = 0; place < length; place++) hash = Math.imul(hash ^ name.charCodeAt(place), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** The first four characters of an ASCII text as one number below 2^28, in the texts' order. */
function prefixOf(text: string): number {
  let prefix = 0;
  for (let place = 0; place < 4; place++) prefix = prefix * 128 + (text.charCodeAt(place) || 0);
  return prefix;
}
