/** Milliseconds since 1970, by a clock that is never set: virtual machines are paused and corrected while they rehearse. */
export const now = (): number => performance.timeOrigin + performance.now();
