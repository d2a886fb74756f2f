/** The type with fields that can be assigned, while an object is made. */
export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
