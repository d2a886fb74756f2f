/** A member of a JSON object, as offsets into the text. */
export interface JsonMember {
  readonly name: string;
  /** From after the preceding brace or comma up to the following comma or brace. */
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface JsonObject {
  /** In the order of the text. */
  readonly members: readonly JsonMember[];
  /** The first name that occurs twice in this object or in one within it; null if none does. */
  readonly doubledName: string | null;
  /** After the opening brace, and at the closing one. */
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the members of an object as they are written. `JSON.parse` cannot: it keeps the last of two
 * equal names, and rounds numbers. Names are compared decoded. O(n), without recursion.
 *
 * @param text a valid JSON object: callers must have parsed it before. White space around it is
 * allowed.
 */
export function jsonMembers(text: string): JsonObject {
  return new ObjectScan(text).run();
}

/** The member that is being read. */
type OpenMember = { -readonly [Name in keyof JsonMember]: JsonMember[Name] };

class ObjectScan {
  private readonly members: OpenMember[] = [];
  private doubledName: string | null = null;
  /** The names so far in each open object; null for an open array. */
  private readonly open: (Set<string> | null)[] = [];
  private awaitsName = false;
  private memberStart = 0;
  /** After the last character that is not white space. */
  private tokenEnd = 0;

  constructor(private readonly text: string) {}

  run(): JsonObject {
    const { text } = this;
    const start = text.indexOf('{') + 1;
    let at = start - 1;
    do {
      at = this.takeToken(at);
    } while (this.open.length > 0);
    const { members, doubledName } = this;
    return { members, doubledName, start, end: at - 1 };
  }

  /** Reads the token that begins here, and returns where the next one begins. */
  private takeToken(at: number): number {
    switch (this.text[at]) {
      case '"':
        return this.takeString(at);
      case '{':
        this.begin(new Set(), at);
        break;
      case '[':
        this.begin(null, at);
        break;
      case '}':
      case ']':
        this.endMember(at);
        this.open.pop();
        this.awaitsName = false;
        break;
      case ',':
        this.endMember(at);
        this.memberStart = this.open.length === 1 ? at + 1 : this.memberStart;
        this.awaitsName = this.open.at(-1) !== null;
        break;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
      case ':':
        return at + 1;
      default:
        this.beginValue(at);
    }
    this.tokenEnd = at + 1;
    return at + 1;
  }

  private takeString(start: number): number {
    const end = stringEnd(this.text, start);
    if (this.awaitsName) this.takeName(start, end);
    else this.beginValue(start);
    this.tokenEnd = end;
    return end;
  }

  private takeName(start: number, end: number): void {
    const written = this.text.slice(start + 1, end - 1);
    const name = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
    const names = this.open.at(-1)!;
    if (names.has(name)) this.doubledName ??= name;
    names.add(name);
    this.awaitsName = false;
    if (this.open.length > 1) return;
    this.members.push({ name, start: this.memberStart, end: 0, valueStart: -1, valueEnd: 0 });
  }

  private begin(names: Set<string> | null, at: number): void {
    this.beginValue(at);
    this.open.push(names);
    this.awaitsName = names !== null;
    if (this.open.length === 1) this.memberStart = at + 1;
  }

  private beginValue(at: number): void {
    const member = this.open.length === 1 ? this.members.at(-1) : undefined;
    if (member?.valueStart === -1) member.valueStart = at;
  }

  private endMember(at: number): void {
    const member = this.open.length === 1 ? this.members.at(-1) : undefined;
    if (member === undefined) return;
    member.end = at;
    member.valueEnd = this.tokenEnd;
  }
}

/** Returns the offset after the closing quote of the string that begins here. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}
