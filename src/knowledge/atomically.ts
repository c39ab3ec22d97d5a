/**
 * Does `work`; all that it keeps is kept together or, if it throws, nothing of it. Within another `atomically` it is a
 * part of that one. Others who write may have to wait for it: no mail, no hashing of passwords and nothing of the
 * network belongs in there, and its steps are awaited one after the other.
 */
export type Atomically = <T>(work: () => Promise<T>) => Promise<T>;
