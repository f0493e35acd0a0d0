/** The history cannot be read or written now; the message is the reason, for a person to read. */
export class HistoryUnavailableError extends Error {
  override name = 'HistoryUnavailableError';
}

/**
 * More is asked of the history than this container serves at once; the storage is not at fault. Each reason is made once and thrown
 * often: to take the stack of each refusal would take as long as an answer.
 */
export class HistoryOverloadedError extends Error {
  override name = 'HistoryOverloadedError';
}
