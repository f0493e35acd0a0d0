/** Where the history takes the time from. */
export interface Clock {
  /** Milliseconds that run on whatever happens to the wall clock: for every age, deadline and interval. */
  elapsed(): number;
  /** Milliseconds since 1970, which may step back: to compare with what storage and names say. */
  wall(): number;
}

export const systemClock: Clock = { elapsed: () => performance.now(), wall: () => Date.now() };
