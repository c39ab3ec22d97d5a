type PackableArray =
  | Uint8Array<ArrayBufferLike>
  | Uint16Array<ArrayBufferLike>
  | Uint32Array<ArrayBufferLike>
  | Int32Array<ArrayBufferLike>
  | Float32Array<ArrayBufferLike>
  | Float64Array<ArrayBufferLike>;

type ArrayName =
  | 'Uint8Array'
  | 'Uint16Array'
  | 'Uint32Array'
  | 'Int32Array'
  | 'Float32Array'
  | 'Float64Array';
type ArrayConstructor = new (buffer: SharedArrayBuffer, offset: number, length: number) => PackableArray;
const constructors: Readonly<Record<ArrayName, ArrayConstructor>> = {
  Uint8Array,
  Uint16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};

/** Where one array lies: its type, the offset of its first byte and its length in elements. */
type Place = readonly [name: string, type: ArrayName, offset: number, length: number];

const alignment = 8;

/**
 * Puts typed arrays into one shared buffer: a directory in JSON, then each array aligned to eight bytes. The buffer
 * can be handed to another thread or written to a file as it is, and opened without copying or parsing.
 */
export function packArrays(arrays: Readonly<Record<string, PackableArray>>): SharedArrayBuffer {
  const entries = Object.entries(arrays);
  const encode = (base: number) => {
    let offset = base;
    const places = entries.map(([name, array]): Place => {
      const place: Place = [name, typeOf(array), offset, array.length];
      offset = align(offset + array.byteLength);
      return place;
    });
    return { directory: new TextEncoder().encode(JSON.stringify(places)), size: offset };
  };
  // Offsets count in the directory's own length, so it is measured with the widest offsets first.
  const base = align(4 + encode(0).directory.length + entries.length * 16);
  const { directory, size } = encode(base);
  const buffer = new SharedArrayBuffer(size);
  new DataView(buffer).setUint32(0, directory.length, true);
  new Uint8Array(buffer, 4).set(directory);
  let offset = base;
  for (const [, array] of entries) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    new Uint8Array(buffer, offset, bytes.length).set(bytes);
    offset = align(offset + bytes.length);
  }
  return buffer;
}

/** Gives the array of a name; throws when there is none of that type. */
export type OpenedArrays = <T extends PackableArray>(
  name: string,
  type: { readonly name: string; new (buffer: SharedArrayBuffer): T },
) => T;

/** Opens a packed buffer in place. Throws when it is none. */
export function openArrays(buffer: SharedArrayBuffer): OpenedArrays {
  const length = new DataView(buffer).getUint32(0, true);
  // A copy, since text can't be decoded from shared memory.
  const directory = new Uint8Array(new Uint8Array(buffer, 4, length));
  const places: readonly Place[] = JSON.parse(new TextDecoder().decode(directory));
  const arrays = new Map(
    places.map(([name, type, offset, count]) => [name, new constructors[type](buffer, offset, count)]),
  );
  return (name, type) => {
    const array = arrays.get(name);
    if (!(array instanceof type)) throw new TypeError(`The index has no ${type.name} “${name}”.`);
    return array;
  };
}

function typeOf(array: PackableArray): ArrayName {
  const name = array.constructor.name;
  if (!(name in constructors)) throw new TypeError(`A ${name} can't be packed.`);
  return name as ArrayName; // checked above
}

function align(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
