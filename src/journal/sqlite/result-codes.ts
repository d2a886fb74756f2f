/**
 * The extended result codes of SQLite that an operator may meet: the name, and in words what the
 * message of SQLite does not say, which it has for the primary code only. libsql names few of them.
 * https://www.sqlite.org/rescode.html
 */
const extended: Readonly<Record<number, readonly [name: string, words?: string]>> = {
  261: ['BUSY_RECOVERY', 'another program is recovering it'],
  262: ['LOCKED_SHAREDCACHE'],
  264: ['READONLY_RECOVERY', 'its log needs a recovery, which has to write'],
  266: ['IOERR_READ', 'reading failed'],
  267: ['CORRUPT_VTAB'],
  270: ['CANTOPEN_NOTEMPDIR', 'no folder for temporary files'],
  517: ['BUSY_SNAPSHOT', 'another program wrote to it'],
  518: ['LOCKED_VTAB'],
  520: ['READONLY_CANTLOCK', 'its log cannot be locked'],
  522: ['IOERR_SHORT_READ', 'the file ended too early'],
  523: ['CORRUPT_SEQUENCE'],
  526: ['CANTOPEN_ISDIR', 'it is a folder'],
  773: ['BUSY_TIMEOUT', 'the lock was not released in time'],
  776: ['READONLY_ROLLBACK', 'a journal has to be rolled back, which writes'],
  778: ['IOERR_WRITE', 'writing failed'],
  779: ['CORRUPT_INDEX', 'an index disagrees with its table'],
  782: ['CANTOPEN_FULLPATH', 'its path cannot be resolved'],
  1032: ['READONLY_DBMOVED', 'the file was moved or removed'],
  1034: ['IOERR_FSYNC', 'fsync failed'],
  1038: ['CANTOPEN_CONVPATH'],
  1288: ['READONLY_CANTINIT', 'the index of its log cannot be created'],
  1290: ['IOERR_DIR_FSYNC', 'fsync of the folder failed'],
  1294: ['CANTOPEN_DIRTYWAL'],
  1544: ['READONLY_DIRECTORY', 'its folder may not be written'],
  1546: ['IOERR_TRUNCATE', 'truncating failed'],
  1550: ['CANTOPEN_SYMLINK', 'it is a link'],
  1802: ['IOERR_FSTAT', 'the size cannot be read'],
  2058: ['IOERR_UNLOCK', 'a lock cannot be released'],
  2314: ['IOERR_RDLOCK', 'a lock for reading failed'],
  2570: ['IOERR_DELETE', 'removing a file failed'],
  2826: ['IOERR_BLOCKED'],
  3082: ['IOERR_NOMEM', 'out of memory'],
  3338: ['IOERR_ACCESS', 'whether a file exists cannot be read'],
  3594: ['IOERR_CHECKRESERVEDLOCK', 'a lock cannot be checked'],
  3850: ['IOERR_LOCK', 'locking failed'],
  4106: ['IOERR_CLOSE', 'closing failed'],
  4362: ['IOERR_DIR_CLOSE', 'closing the folder failed'],
  4618: ['IOERR_SHMOPEN', 'the index of its log cannot be opened'],
  4874: ['IOERR_SHMSIZE', 'the index of its log cannot grow'],
  5130: ['IOERR_SHMLOCK', 'the index of its log cannot be locked'],
  5386: ['IOERR_SHMMAP', 'the index of its log cannot be mapped into memory'],
  5642: ['IOERR_SEEK', 'seeking failed'],
  5898: ['IOERR_DELETE_NOENT', 'a file to remove does not exist'],
  6154: ['IOERR_MMAP', 'the file cannot be mapped into memory'],
  6410: ['IOERR_GETTEMPPATH', 'no folder for temporary files'],
  6666: ['IOERR_CONVPATH'],
  6922: ['IOERR_VNODE'],
  7178: ['IOERR_AUTH'],
  7434: ['IOERR_BEGIN_ATOMIC'],
  7690: ['IOERR_COMMIT_ATOMIC'],
  7946: ['IOERR_ROLLBACK_ATOMIC'],
  8202: ['IOERR_DATA', 'a page has another checksum than it was written with'],
  8458: ['IOERR_CORRUPTFS', 'the file system is damaged'],
  8714: ['IOERR_IN_PAGE', 'a page of the file cannot be read'],
};

/**
 * Returns the message of SQLite completed by what its extended code says, with the name of the code
 * in brackets, or its number if it has no name here.
 * @param given the name that libsql has for the code, `UNKNOWN_SQLITE_ERROR_n` if it has none.
 */
export function wordsOfResult(message: string, given: string, code: number | null): string {
  const [name, words] = extended[code ?? 0] ?? [];
  const shown = name === undefined ? nameOf(given, code) : `SQLITE_${name}`;
  return `${message}${words === undefined ? '' : `, ${words}`} (${shown})`;
}

function nameOf(given: string, code: number | null): string {
  return given.startsWith('SQLITE_') || code === null ? given : `result code ${code} of SQLite`;
}
